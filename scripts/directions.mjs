// Which way imports may point.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix, relative, sep } from 'node:path'
import { importsOf } from './imports.mjs'

// One arrow a rule: from a file to another file or to what a package is called, `node:` before the modules of Node.
/** @type {{ never: RegExp, unlessTypes?: true, because: string }[]} */
const rules = [
  { never: /^packages\/contract\/src\/.* -> node:/, because: 'contract imports nothing of Node' },
  {
    never: /^packages\/contract\/.* -> (packages\/(?!contract\/)|@clerk\/|@clerk-server\/|clerk-server\b)/,
    because: 'contract imports nothing of ours',
  },
  {
    never: /^packages\/sdk\/src\/.* -> (packages\/contract\/|@clerk-server\/contract\b)/,
    unlessTypes: true,
    because: 'sdk reads contract by `import type` only',
  },
  { never: /^packages\/sdk\/.* -> (packages\/server\/|clerk-server\b)/, because: 'sdk never imports server' },
  {
    never: /^packages\/sdk\/src\/(?!builtins\.ts).* -> node:(crypto|https?|net|stream|tls|zlib)$/,
    unlessTypes: true,
    because: 'sdk loads what of Node takes long to load when it is first used, by builtins.ts',
  },
  {
    never: /^packages\/server\/.* -> (packages\/sdk\/|@clerk\/clerk-sdk-node\b)/,
    because: 'server never imports sdk',
  },
  {
    never: /^packages\/server\/src\/.*\/store\b.* -> packages\/server\/src\/.*\/(backend|frontend)\b/,
    because: 'a store never imports a backend or a frontend',
  },
  {
    never: /^packages\/server\/src\/database\/.* -> packages\/server\/src\/(?!database\/).*\//,
    because: 'database never imports a resource',
  },
  {
    // The command line puts together what it needs, as server.ts does.
    never: /^packages\/server\/src\/(?!cli\/)([^/]+)\/.* -> packages\/server\/src\/(?!\1\/)[^/]+\/store\b/,
    unlessTypes: true,
    because: "a resource is handed another resource's store by server.ts",
  },
  {
    never: /^packages\/server\/src\/(?!cli\/).*\/.* -> packages\/server\/src\/(server\.|index\.|cli\b)/,
    because: 'server.ts is above every resource',
  },
  { never: /^packages\/([^/]+)\/.* -> packages\/(?!\1\/)/, because: 'a package imports another by its name' },
  {
    never: /^(test|examples|bench)\/.* -> packages\//,
    because: 'test, examples and bench import a package by its name',
  },
  {
    // Tests hold the server's answers against the contract, which is why they may read it.
    never: /^(examples|bench)\/.* -> @clerk-server\//,
    because: 'examples and bench use what is published only',
  },
]

/**
 * @param {string} root a checkout of this repository, or something laid out like one
 * @returns {string[]} one line for each import that points where it may not
 */
export function violations(root) {
  return sources(root).flatMap((file) =>
    importsOf(file, readFileSync(join(root, file), 'utf8')).flatMap(({ specifier, line, typeOnly }) => {
      const arrow = `${file} -> ${target(file, specifier)}`
      return rules
        .filter(({ never, unlessTypes }) => never.test(arrow) && !(unlessTypes && typeOnly))
        .map(({ because }) => `${file}:${line}: '${specifier}': ${because}`)
    }),
  )
}

/** @param {string} file @param {string} specifier */
function target(file, specifier) {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier)
  return isBuiltin(specifier) ? `node:${specifier.replace(/^node:/, '')}` : specifier
}

/** @param {string} top @returns {string[]} paths below `top`, with slashes */
function sources(top) {
  return ['packages', 'test', 'examples', 'bench'].flatMap((folder) =>
    list(join(top, folder)).map((file) => relative(top, file).replaceAll(sep, '/')),
  )
}

/** @param {string} folder @returns {string[]} */
function list(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return /^(node_modules|dist|coverage|\..*)$/.test(entry.name) ? [] : list(path)
    return /\.[cm]?[jt]sx?$/.test(entry.name) ? [path] : []
  })
}
