import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: 'test/support/global-setup.ts',
    // Much of the time a test waits, for a disk or another process: no processor need be left free for that.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is built is loaded by Node itself, as it is where it is installed.
    server: { deps: { external: [/\/packages\/(sdk|server)\/dist\//] } },
  },
})
