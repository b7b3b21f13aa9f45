import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { holderOf } from '../instance/data-directory.js'
import { databasePath } from '../instance/database-file.js'
import { formerKeyringPath } from '../instance/former-keyring.js'
import { type Check, fail, ok, warn } from './check.js'

/** Bytes: with less left, writes are about to fail, or will be before long. */
const space = { fail: 100 * 1024 ** 2, warn: 1024 ** 3 }

export const dataDirectory: Check = async ({ storage }) => {
  if (!('dataDir' in storage)) return undefined
  const path = resolve(storage.dataDir)
  if (!existsSync(path)) return warn(`${path} is not there yet`, 'nothing: the first start makes it')
  if (!statSync(path).isDirectory()) return fail(`${path} is no folder`, 'name another one with --data-dir')
  const files = [path, databasePath(path), formerKeyringPath(path)].filter((file) => existsSync(file))
  const closed = files.filter((file) => !accessible(file))
  if (closed.length > 0) {
    return fail(`cannot be read and written: ${closed.join(', ')}`, 'run as their owner, or give them to this user')
  }
  const open = process.platform === 'win32' ? [] : files.filter((file) => (statSync(file).mode & 0o077) !== 0)
  if (open.length === 0) return ok(`${path}, for its owner only`)
  return warn(`other users can get at ${open.join(', ')}`, `chmod go-rwx ${open.join(' ')}`)
}

function accessible(file: string): boolean {
  try {
    accessSync(file, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}

export const lock: Check = async ({ storage }) => {
  if (!('dataDir' in storage) || !existsSync(storage.dataDir)) return undefined
  const holder = holderOf(storage.dataDir)
  return ok(holder === undefined ? 'no server uses the data directory' : `held by the clerk-server with pid ${holder}`)
}

export const diskSpace: Check = async ({ storage }) => {
  if (!('dataDir' in storage)) return undefined
  const { bavail, bsize } = await statfs(existingParent(resolve(storage.dataDir)))
  const free = bavail * bsize
  const message = `${(free / 1e9).toFixed(1)} GB free`
  if (free < space.fail) return fail(message, 'make room now: without any, requests are answered 503')
  return free < space.warn ? warn(message, 'make room') : ok(message)
}

const existingParent = (path: string): string => (existsSync(path) ? path : existingParent(dirname(path)))
