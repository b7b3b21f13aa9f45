import assert from 'node:assert/strict'
import { runToEnd, settle, shows } from '../../scripts/packed/consumer.mjs'
import { holds } from '../../scripts/packed/holds.mjs'
import { succeed } from '../../scripts/run.mjs'
import { nodeOf } from './tools.mjs'

/**
 * What is promised on one Node: the package installs with it, and every program that needs nothing else runs.
 *
 * @param {number} major
 * @param {import('../../scripts/packed/tarball.mjs').Tarball} tarball
 * @param {string} folder an empty one
 */
export async function checkNode(major, tarball, folder) {
  const node = await holds(`Node ${major}: npm installs the SDK without a network`, async () => {
    const path = nodeOf(major)
    await settle(tarball, folder, path)
    const version = (await succeed([path, '--version'], folder)).trim()
    assert.match(version, new RegExp(`^v${major}\\.`))
    return { path, version }
  })
  if (!node) return
  for (const [program, promise] of Object.entries(shows)) {
    await holds(`Node ${node.version}: ${promise}`, () => runToEnd(node.path, program, folder))
  }
}
