import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { defineConfig, type UserConfig } from 'tsdown'

const require = createRequire(import.meta.url)

const dist = (name: string) => new URL(`dist/${name}`, import.meta.url)

/** The names that a built file really has, `default` left out, so that what is written by them cannot drift. */
const namesIn = (name: string): string[] => Object.keys(require(`./dist/${name}`)).filter((name) => name !== 'default')

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
 * singleton and one set of classes.
 */
async function finishModules() {
  for (const [entry, { code, types }] of Object.entries(defaults)) {
    const names = namesIn(`${entry}.js`)
    await declareTypesAsTypes(`${entry}.d.ts`, names)
    await writeFile(dist(`${entry}.mjs`), `export { ${names.join(', ')} } from './${entry}.js'\n${code}`)
    await writeFile(dist(`${entry}.d.mts`), `export * from './${entry}.js'\n${types}`)
  }
}

/** Gives back to `export type { … }` the `type` that is lost in bundling: without it a class seems to be importable. */
async function declareTypesAsTypes(file: string, values: string[]) {
  const isValue = (item: string) => [...values, 'default'].includes(item.split(' as ').at(-1) ?? '')
  const marked = (list: string) => list.split(', ').map((item) => (isValue(item) ? item : `type ${item}`))
  const text = await readFile(dist(file), 'utf8')
  await writeFile(
    dist(file),
    text.replace(/(?<=^export \{ ).*(?= \};$)/m, (list) => marked(list).join(', ')),
  )
}

/** The UMD file, which is one whole, has a singleton and classes of its own. Nothing else in the package loads it. */
const umd = { name: 'clerk-sdk-node.umd', global: 'ClerkSdkNode' }

/**
 * How the UMD file comes by the modules of Node: CommonJS requires them, an AMD loader is told to, and a script, which has
 * neither, asks the process. Rolldown's own UMD would look for globals of their names, and Node has none.
 */
function umdHead(builtins: string[]): string {
  const names = builtins.map((name) => `'${name}'`)
  const required = names.map((name) => `require(${name})`)
  return `(function (factory) {
  var names = [${names.join(', ')}]
  function run(exports, ...builtins) {
    factory(exports, (name) => builtins[names.indexOf(name)])
    return exports
  }
  function builtin(name) {
    var load = globalThis.process?.getBuiltinModule
    if (load) return load(name)
    throw new Error('${umd.global} needs ' + name + ' of Node 20.19 or later.')
  }
  if (typeof exports === 'object' && typeof module === 'object') run(exports, ${required.join(', ')})
  else if (typeof define === 'function' && define.amd) define(['exports', ${names.join(', ')}], run)
  else globalThis.${umd.global} = run({}, ...names.map(builtin))
})(function (exports, require) {
`
}

async function declareUmd() {
  const named = `export { ${namesIn(`${umd.name}.js`).join(', ')}, default } from './index.js'\n`
  const rest = `export type * from './index.js'\nexport as namespace ${umd.global}\n`
  await writeFile(dist(`${umd.name}.d.ts`), named + rest)
}

const shared: UserConfig = {
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  sourcemap: false,
  logLevel: 'warn',
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
  // Or each source would be named twice, where it begins and where it ends.
  inputOptions: { experimental: { attachDebugInfo: 'none' } },
}

const output = {
  // Keeps `require(…).default` and `__esModule`.
  exports: 'named',
  // What is a module is strict, and has to say so where it becomes a script.
  strict: true,
  // What is said to users is in the types, and need not be there twice.
  comments: { jsdoc: false },
} as const

export default defineConfig([
  {
    ...shared,
    entry: { index: 'src/index.ts', instance: 'src/instance.ts' },
    // Written by oxc, which isolatedDeclarations allows: no run of the type checker in the build.
    dts: true,
    outputOptions: { ...output, chunkFileNames: 'clerk.js' },
    hooks: { 'build:done': finishModules },
  },
  {
    ...shared,
    entry: { [umd.name]: 'src/index.ts' },
    dts: false,
    // Minified for its length; who wants to read reads clerk.js. Classes keep their names, which are printed.
    minify: { compress: { keepNames: { function: true, class: true } }, mangle: { keepNames: true } },
    outputOptions: { ...output, postBanner: ({ imports }) => umdHead(imports), postFooter: '})' },
    hooks: { 'build:done': declareUmd },
  },
])
