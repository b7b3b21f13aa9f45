import assert from 'node:assert/strict'
import { root, succeed } from '../run.mjs'
import { holds } from './holds.mjs'
import { bin } from './tarball.mjs'

/**
 * What is promised of both packages.
 *
 * @param {import('./tarball.mjs').Tarball} tarball
 * @param {'strict' | 'esm-only'} profile `strict` is all four ways to resolve a module: old Node, `require`, `import`, bundlers
 */
export async function checkEveryPackage({ path, manifest, files }, profile) {
  const { name } = manifest

  await holds(`${name}: publint has no complaint`, () => succeed([bin('publint'), 'run', path, '--strict'], root))

  await holds(`${name}: its types resolve in every way it can be loaded`, () =>
    succeed([bin('attw'), path, '--profile', profile, '--no-color', '--no-emoji'], root),
  )

  await holds(`${name}: holds no tests, no sources, and nothing of this machine`, () => {
    const strays = [...files.keys()].filter((file) => /(^|\/)(src|test)\/|\.test\.|(?<!\.d)\.[cm]?ts$/.test(file))
    assert.deepEqual(strays, [])
    assert.deepEqual(mentioning(files, root.replace(/\/$/, '')), [])
  })

  await holds(`${name}: needs nothing that only this workspace has`, () => {
    assert.deepEqual(mentioning(files, '@clerk-server/'), [])
  })
}

/** @param {Map<string, string>} files @param {string} text */
const mentioning = (files, text) =>
  [...files].filter(([file, content]) => file !== 'package.json' && content.includes(text)).map(([file]) => file)
