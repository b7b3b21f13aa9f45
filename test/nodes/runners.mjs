import { symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { settle } from '../../scripts/packed/consumer.mjs'
import { holds } from '../../scripts/packed/holds.mjs'
import { root, succeed } from '../../scripts/run.mjs'

const require = createRequire(import.meta.url)

/** The one that runs the tests of this repository. */
const vitest = join(root, 'node_modules', 'vitest')

/** Found when they are run, because they may be installed after this is loaded. */
const runners = {
  'Jest, transforming nothing': () => [require.resolve('jest/bin/jest'), '--rootDir', 'jest'],
  Vitest: () => [join(vitest, 'vitest.mjs'), 'run', '--root', 'vitest', '--passWithNoTests=false'],
}

/**
 * What is promised inside of test runners: the SDK works there, and its methods can be replaced.
 *
 * @param {import('../../scripts/packed/tarball.mjs').Tarball} tarball
 * @param {string} folder an empty one
 */
export async function checkRunners(tarball, folder) {
  await settle(tarball, folder)
  symlinkSync(vitest, join(folder, 'node_modules', 'vitest'))
  for (const [name, command] of Object.entries(runners)) {
    await holds(`${name}: a test calls, and replaces methods`, () => succeed([process.execPath, ...command()], folder))
  }
}
