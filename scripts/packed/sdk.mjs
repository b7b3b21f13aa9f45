import assert from 'node:assert/strict'
import { cpSync, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root, succeed } from '../run.mjs'
import { runToEnd, settle, shows } from './consumer.mjs'
import { holds } from './holds.mjs'
import { bin } from './tarball.mjs'

/** Of 2.6.3 it was 426 kB, and 82 packages beside. */
const mostBytes = 300_000

/**
 * What is promised of @clerk/clerk-sdk-node.
 *
 * @param {import('./tarball.mjs').Tarball} tarball
 * @param {string} folder an empty one
 */
export async function checkSdk(tarball, folder) {
  await holds('the SDK has no dependency', () => {
    assert.deepEqual(Object.keys(tarball.manifest.dependencies ?? {}), [])
  })

  await holds(`the SDK unpacks to less than ${mostBytes / 1000} kB`, () => {
    assert(tarball.unpackedSize < mostBytes, `it unpacks to ${tarball.unpackedSize / 1000} kB`)
  })

  const installed = await holds('the SDK installs in an empty folder without a network', async () => {
    await settle(tarball, folder)
    return true
  })
  if (!installed) return

  for (const [program, promise] of Object.entries(shows)) {
    await holds(promise, () => runToEnd(process.execPath, program, folder))
  }

  // What a TypeScript project that uses Express has installed.
  for (const name of ['@types/node', '@types/express']) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  }
  for (const extension of ['mts', 'cts']) cpSync(join(folder, 'main.ts'), join(folder, `main.${extension}`))
  for (const [moduleResolution, module] of Object.entries(modules)) {
    await holds(`a strict TypeScript project compiles under moduleResolution ${moduleResolution}`, () => {
      const options = ['--module', module, '--moduleResolution', moduleResolution]
      return succeed([bin('tsc'), 'main.mts', 'main.cts', ...strict, ...options], folder)
    })
  }
}

/** Each way TypeScript has to resolve a module, with the `module` that goes with it. */
const modules = { node16: 'node16', nodenext: 'nodenext', bundler: 'preserve' }

const strict = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess'].concat([
  '--skipLibCheck',
  'false',
  '--noEmit',
  '--types',
  'node',
  '--target',
  'es2023',
  '--pretty',
  'false',
])
