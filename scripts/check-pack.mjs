// Packs what is published and checks the tarballs as somebody finds them who knows nothing of this repository.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkEveryPackage } from './packed/every-package.mjs'
import { holds } from './packed/holds.mjs'
import { checkSdk } from './packed/sdk.mjs'
import { checkServer } from './packed/server.mjs'
import { pack } from './packed/tarball.mjs'

const directory = realpathSync(mkdtempSync(join(tmpdir(), 'clerk-packed-')))
try {
  await Promise.all([checkPackage('sdk', 'strict', checkSdk), checkPackage('server', 'esm-only', checkServer)])
} finally {
  rmSync(directory, { recursive: true, force: true })
}

/**
 * @param {string} name its folder in packages/
 * @param {'strict' | 'esm-only'} profile
 * @param {(tarball: import('./packed/tarball.mjs').Tarball, folder: string) => Promise<void>} check
 */
async function checkPackage(name, profile, check) {
  const tarball = await holds(`packages/${name} packs`, () => pack(name, join(directory, name)))
  if (!tarball) return
  await checkEveryPackage(tarball, profile)
  await check(tarball, join(directory, `${name}-consumer`))
}
