import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { root, succeed } from '../run.mjs'

/**
 * @typedef {object} Tarball
 * @property {string} path
 * @property {{ name: string, version: string, dependencies?: Record<string, string> }} manifest its package.json
 * @property {Map<string, string>} files the text of each file by its path
 * @property {number} unpackedSize in bytes
 */

/**
 * Packs a package as `npm publish` would.
 *
 * @param {string} name its folder in packages/
 * @param {string} folder an empty place to work in
 * @returns {Promise<Tarball>}
 */
export async function pack(name, folder) {
  mkdirSync(folder, { recursive: true })
  const command = ['npm', 'pack', '--json', '--pack-destination', folder]
  const report = JSON.parse(await succeed(command, join(root, 'packages', name)))
  /** @type {{ filename: string, unpackedSize: number, files: { path: string }[] }[]} a list up to npm 11, by name since */
  const [packed] = Object.values(report)
  assert(packed, 'npm pack reported nothing')
  const path = join(folder, packed.filename)
  await succeed(['tar', '-xzf', path], folder)
  const files = packed.files.map(
    ({ path }) => /** @type {const} */ ([path, readFileSync(join(folder, 'package', path), 'utf8')]),
  )
  const manifest = JSON.parse(readFileSync(join(folder, 'package', 'package.json'), 'utf8'))
  return { path, manifest, files: new Map(files), unpackedSize: packed.unpackedSize }
}

/** @param {string} name a program that a package brought */
export const bin = (name) => join(root, 'node_modules', '.bin', name)

/**
 * Installs a tarball where nothing else is.
 *
 * @param {Tarball} tarball
 * @param {string} folder
 * @param {string[]} options
 * @param {string} [node] the Node that npm runs on
 */
export async function install({ path }, folder, options, node = process.execPath) {
  const npm = ['env', `PATH=${dirname(node)}${delimiter}${process.env['PATH']}`, 'npm']
  await succeed([...npm, 'install', '--no-audit', '--no-fund', '--no-save', ...options, path], folder)
}
