// What package.json here brings, and the Nodes of it by their major version.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { succeed } from '../../scripts/run.mjs'

const here = import.meta.dirname
const modules = join(here, 'node_modules')
const lockfile = join(here, 'package-lock.json')
/** The lockfile that what is installed came from. */
const stamp = join(modules, '.installed-lock.json')

export const majors = [20, 22, 24, 26]

/** Installs anew when the lockfile is not the one that was installed from. */
export async function installTools() {
  const wanted = readFileSync(lockfile, 'utf8')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  await succeed(['npm', 'ci', '--no-audit', '--no-fund'], here)
  writeFileSync(stamp, wanted)
}

/**
 * A package of it, which may be installed after this is loaded.
 *
 * @param {string} name
 */
export const tool = (name) => createRequire(import.meta.url)(name)

/**
 * A Node for this machine. Where npm has none, the one at hand will do, if it is of that version.
 *
 * @param {number} major
 */
export function nodeOf(major) {
  const name = `node-${major}-${process.platform}-${process.arch}`
  const packaged = join(modules, name, 'bin', 'node')
  if (existsSync(packaged)) return packaged
  if (process.version.startsWith(`v${major}.`)) return process.execPath
  throw new Error(`${name} is not installed. If package.json has none for this machine, run this with a Node ${major}.`)
}
