// The packages that are published: how they are built, and whether that has to be done again.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root, run } from './run.mjs'

/** @type {readonly string[]} */
const packages = ['sdk', 'server']
/** What goes into every package beside its own folder. */
const shared = ['packages/contract/src', 'packages/contract/package.json', 'package-lock.json', 'tsconfig.base.json']
const notInputs = ['dist', 'node_modules', 'test', 'coverage']

/**
 * Builds the packages side by side, and says how that went.
 *
 * @param {{ ifStale: boolean }} options `ifStale` leaves out those whose sources have not changed since they were built
 * @returns {Promise<boolean>} whether all of them were built
 */
export async function buildPackages({ ifStale }) {
  const wanted = packages.filter((name) => !ifStale || isStale(name))
  const built = await Promise.all(wanted.map(build))
  return built.every(Boolean)
}

/** @param {string} name */
async function build(name) {
  const stamp = stampOf(name)
  rmSync(stamp, { force: true })
  // Taken before the build: what is saved while it runs makes its outcome stale.
  const inputs = inputsOf(name)
  const { ok, output, seconds } = await run(['npm', 'run', 'build'], { cwd: join(root, 'packages', name) })
  console.log(`${ok ? 'built ' : 'FAILED'}  packages/${name}  ${seconds.toFixed(1)} s`)
  if (!ok) {
    console.error(output)
    return false
  }
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, inputs + outputsOf(name))
  return true
}

/** @param {string} name */
function isStale(name) {
  const stamp = stampOf(name)
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== inputsOf(name) + outputsOf(name)
}

/**
 * Where the state of a finished build is kept: not in `dist`, which is published.
 *
 * @param {string} name
 */
function stampOf(name) {
  return join(root, 'node_modules', '.cache', 'build', name)
}

/**
 * What a package is made from. By content, so that changing branches back and forth rebuilds nothing.
 *
 * @param {string} name
 */
function inputsOf(name) {
  const paths = [...shared, `packages/${name}`].flatMap(files)
  return digest(paths, (path) => readFileSync(join(root, path)))
}

/**
 * What is there of a built package.
 *
 * @param {string} name
 */
function outputsOf(name) {
  return digest(files(`packages/${name}/dist`), (path) => {
    const { size, mtimeMs } = statSync(join(root, path))
    return `${size} ${mtimeMs}`
  })
}

/** @param {string[]} paths @param {(path: string) => string | Buffer} facts */
function digest(paths, facts) {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(`\n${path}\n`).update(facts(path))
  return hash.digest('hex')
}

/** @param {string} path @returns {string[]} */
function files(path) {
  const full = join(root, path)
  if (!existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  return readdirSync(full, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return [`${path}/${entry.name}`]
    return notInputs.includes(entry.name) ? [] : files(`${path}/${entry.name}`)
  })
}
