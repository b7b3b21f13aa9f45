import { mkdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { runToEnd, settle } from '../../scripts/packed/consumer.mjs'
import { holds } from '../../scripts/packed/holds.mjs'
import { tool } from './tools.mjs'

/** @typedef {(program: string, bundle: string) => Promise<void>} Bundle */

/** @type {Record<string, { bundle: Bundle, programs: string[], extension: string }>} */
const bundlers = {
  'esbuild to CommonJS': {
    bundle: (...files) => esbuild(...files, {}),
    programs: ['use.mjs', 'use.cjs'],
    extension: 'cjs',
  },
  // What esbuild asks for when an ES module is to hold CommonJS, whichever it is.
  'esbuild to an ES module': {
    bundle: (...files) =>
      esbuild(...files, {
        format: 'esm',
        banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" },
      }),
    programs: ['use.mjs'],
    extension: 'mjs',
  },
  webpack: { bundle: webpack, programs: ['use.mjs', 'use.cjs'], extension: 'cjs' },
}

/**
 * What is promised of bundles: they run where the package is not installed.
 *
 * @param {import('../../scripts/packed/tarball.mjs').Tarball} tarball
 * @param {string} folder an empty one
 */
export async function checkBundlers(tarball, folder) {
  const sources = join(folder, 'sources')
  await settle(tarball, sources)
  for (const [name, { bundle, programs, extension }] of Object.entries(bundlers)) {
    for (const program of programs) {
      await holds(`${name}: ${program} runs as a bundle`, async () => {
        const bundles = join(folder, `${name} of ${program}`)
        mkdirSync(bundles)
        await bundle(join(sources, program), join(bundles, `bundle.${extension}`))
        await runToEnd(process.execPath, `bundle.${extension}`, bundles)
      })
    }
  }
}

/** @param {string} program @param {string} bundle @param {object} options */
async function esbuild(program, bundle, options) {
  await tool('esbuild').build({
    entryPoints: [program],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    logLevel: 'error',
    ...options,
  })
}

/** @type {Bundle} A warning is a failure, too: it would be the user's to live with. */
async function webpack(program, bundle) {
  const compiler = tool('webpack')({
    entry: program,
    output: { path: dirname(bundle), filename: basename(bundle) },
    target: 'node',
    mode: 'production',
  })
  const stats = await promisify(compiler.run.bind(compiler))()
  if (stats.hasErrors() || stats.hasWarnings()) {
    throw new Error(stats.toString({ all: false, errors: true, warnings: true }))
  }
}
