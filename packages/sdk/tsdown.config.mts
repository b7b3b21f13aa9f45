import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { defineConfig } from 'tsdown'

const require = createRequire(import.meta.url)

/**
 * The default export of each entry as an ES module gives and declares it. Neither imports the CommonJS default, which is
 * the whole `module.exports` in Node and `exports.default` in some bundlers.
 */
const defaults = {
  index: {
    code: "import { Clerk } from './index.js'\n\nexport default Clerk.getInstance()\n",
    types: "import type { Clerk } from './index.js'\n\ndeclare const clerk: Clerk\nexport default clerk\n",
  },
  instance: {
    code: "export { Clerk as default } from './instance.js'\n",
    types: "export { Clerk as default } from './instance.js'\n",
  },
}

/**
 * Writes the ES modules as thin wrappers over the CommonJS build, so that `import` and `require` in one process share one
 * singleton and one set of classes. The names are those the built file really has, so the lists cannot drift.
 */
async function wrapForImport() {
  for (const [entry, { code, types }] of Object.entries(defaults)) {
    const names = Object.keys(require(`./dist/${entry}.js`)).filter((name) => name !== 'default')
    const exports = `export { ${names.join(', ')} } from './${entry}.js'\n`
    await writeFile(new URL(`dist/${entry}.mjs`, import.meta.url), exports + code)
    await writeFile(new URL(`dist/${entry}.d.mts`, import.meta.url), `export * from './${entry}.js'\n${types}`)
  }
}

export default defineConfig({
  entry: { index: 'src/index.ts', instance: 'src/instance.ts' },
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // Written by oxc, which isolatedDeclarations allows: no run of the type checker in the build.
  dts: true,
  sourcemap: false,
  logLevel: 'warn',
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
  // `named` keeps `require(…).default` and `__esModule`.
  outputOptions: { exports: 'named', chunkFileNames: 'clerk.js' },
  hooks: { 'build:done': wrapForImport },
})
