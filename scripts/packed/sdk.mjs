import assert from 'node:assert/strict'
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root, succeed } from '../run.mjs'
import { holds } from './holds.mjs'
import { bin, install } from './tarball.mjs'

const consumer = fileURLToPath(new URL('consumer', import.meta.url))
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
    cpSync(consumer, folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "private": true }')
    await install(tarball, folder, '--offline')
    return true
  })
  if (!installed) return

  await holds('require() gives every entry, without a key in the environment', () =>
    succeed([process.execPath, 'require.cjs'], folder),
  )
  await holds('import gives every entry, without a key in the environment', () =>
    succeed([process.execPath, 'import.mjs'], folder),
  )
  await holds('the ESM build and the CommonJS build share one singleton and one set of classes', () =>
    succeed([process.execPath, 'both.mjs'], folder),
  )

  // What a TypeScript project that uses Express has installed.
  for (const name of ['@types/node', '@types/express']) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  }
  for (const extension of ['mts', 'cts']) cpSync(join(consumer, 'main.ts'), join(folder, `main.${extension}`))
  for (const [moduleResolution, module] of Object.entries({ node16: 'node16', bundler: 'preserve' })) {
    await holds(`a strict TypeScript project compiles under moduleResolution ${moduleResolution}`, () => {
      const options = ['--module', module, '--moduleResolution', moduleResolution]
      return succeed([bin('tsc'), 'main.mts', 'main.cts', ...strict, ...options], folder)
    })
  }
}

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
