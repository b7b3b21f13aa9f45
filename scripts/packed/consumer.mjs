// Somebody who uses the SDK: a folder with programs and the installed tarball, and nothing of this repository.
import assert from 'node:assert/strict'
import { cpSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { succeed } from '../run.mjs'
import { install } from './tarball.mjs'

const programs = fileURLToPath(new URL('consumer', import.meta.url))

/** What each of the programs shows. They need a Node and nothing else. */
export const shows = {
  'import.mjs': 'import gives every entry, without a key in the environment',
  'require.cjs': 'require() gives every entry, without a key in the environment',
  'both.mjs': 'import and require() share one singleton and one set of classes',
  'names.mjs': 'every name of 2.6.3 can be imported by its name',
  'interop.mjs': 'the default export also has what it had as a CommonJS namespace',
  'use.mjs': 'an ES module calls, verifies a token and guards a route',
  'use.cjs': 'a CommonJS module calls, verifies a token and guards a route',
  'umd.cjs': 'the UMD file does so as a module and as a script',
}

/**
 * Sets the folder up, without a network.
 *
 * @param {import('./tarball.mjs').Tarball} tarball
 * @param {string} folder an empty one
 * @param {string} [node] the Node that installs
 */
export async function settle(tarball, folder, node) {
  cpSync(programs, folder, { recursive: true })
  writeFileSync(`${folder}/package.json`, '{ "private": true }')
  await install(tarball, folder, ['--offline', '--engine-strict'], node)
}

/**
 * Runs a program to its end, which it says itself: one whose promise is never settled would end with 0, too.
 *
 * @param {string} node
 * @param {string} program
 * @param {string} folder
 */
export async function runToEnd(node, program, folder) {
  assert.equal(await succeed([node, program], folder), 'done\n')
}
