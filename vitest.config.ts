import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: 'test/support/global-setup.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is built is loaded by Node itself, as it is where it is installed.
    server: { deps: { external: [/\/packages\/(sdk|server)\/dist\//] } },
  },
})
