import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/cli.ts'],
  format: 'esm',
  platform: 'node',
  target: 'node20',
  dts: { entry: 'src/index.ts' },
  fixedExtension: false,
  // The contract is private: it is built in, everything else is installed beside the package.
  deps: { alwaysBundle: ['@clerk-server/contract'] },
})
