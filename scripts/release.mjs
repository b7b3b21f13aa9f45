// The version of @clerk/clerk-sdk-node, and everything in this repository that says it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'

export const packageName = '@clerk/clerk-sdk-node'

const changeLog = 'CHANGELOG.md'
const manifest = 'packages/sdk/package.json'
const unreleased = '## Unreleased\n'

/**
 * The examples that ask for exactly the version that is beside them: npm would fetch any other one from the registry. The
 * one for Next, which is no workspace, asks for the folder.
 */
const examples = readdirSync(join(root, 'examples'))
  .map((name) => `examples/${name}/package.json`)
  .filter((path) => existsSync(join(root, path)) && read(path).includes(`"${packageName}": "${currentVersion()}"`))

/** The files that a release changes. */
export const releaseFiles = [changeLog, manifest, 'package-lock.json', ...examples]

/** The parts of a version. When one is raised, those behind it begin at 0 again. */
export const parts = /** @type {const} */ (['major', 'minor', 'patch'])

/** @returns {string} the version that the package has */
export function currentVersion() {
  return JSON.parse(read(manifest)).version
}

/** @param {typeof parts[number]} part @returns {string} the version after the current one */
export function nextVersion(part) {
  const [major = 0, minor = 0, patch = 0] = currentVersion().split('.').map(Number)
  const versions = { major: [major + 1, 0, 0], minor: [major, minor + 1, 0], patch: [major, minor, patch + 1] }
  return versions[part].join('.')
}

/** Whether the change log says anything of what is not released yet. */
export function hasNews() {
  const [, after = ''] = read(changeLog).split(unreleased)
  return (after.split(/^## /m)[0] ?? '').trim() !== ''
}

/**
 * Writes a version into the change log, with today's date, and into the examples. Into the package and the lockfile it
 * is npm that writes it, after that.
 *
 * @param {string} version
 */
export function writeVersion(version) {
  const today = new Date().toISOString().slice(0, 10)
  change(changeLog, unreleased, `${unreleased}\n## ${version} - ${today}\n`)
  for (const path of examples) {
    change(path, `"${packageName}": "${currentVersion()}"`, `"${packageName}": "${version}"`)
  }
}

/** @param {string} path @param {string} text @param {string} replacement */
function change(path, text, replacement) {
  writeFileSync(join(root, path), read(path).replace(text, replacement))
}

/** @param {string} path */
function read(path) {
  return readFileSync(join(root, path), 'utf8')
}
