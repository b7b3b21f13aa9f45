// What does a list of users cost among a million users, against one among a thousand? On SQLite and on PostgreSQL.
// The two servers of a kind are asked in turn, so that what else the machine does falls on both. Before each question
// somebody writes something: else the server would give again what it read before.
// Usage: node bench/lists.mjs [users] [rounds]. It takes some minutes to make a million.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startPostgres } from '../scripts/postgres-server.mjs'
import { ratio } from './contest.mjs'
import { median } from './median.mjs'
import { idOf, multiply, postgresTables, sqliteTables } from './multiplied.mjs'

const few = 1000
const many = Number(process.argv[2] ?? 1_000_000)
const rounds = Number(process.argv[3] ?? 25)
const program = fileURLToPath(new URL('../packages/server/dist/cli.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'clerk-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true }))

/** @typedef {{ ask(path: string): Promise<any>, create(user: object): Promise<any>, write(userId: string): Promise<any>, stop(): Promise<void> }} Server */
/** @typedef {(users: number, n: number) => string} Request the path for a server with so many users, another user each time */

const orders = ['created_at', 'updated_at', 'email_address', 'phone_number', 'username', 'first_name', 'last_name']
  .concat(['web3wallet', 'last_active_at', 'last_sign_in_at'])
  .flatMap((order) => [`+${order}`, `-${order}`])

/** One user among so many, and not the same twice in a row. @param {number} users @param {number} n */
const any = (users, n) => 1 + ((n * 7919 + 104_729) % (users - 20))

/** @type {Record<string, Request>} */
const requests = {
  'first page': () => '/users',
  ...Object.fromEntries(
    orders.map((order) => [`first page, ${order}`, () => `/users?order_by=${encodeURIComponent(order)}`]),
  ),
  'page after a cursor': (users, n) => `/users?starting_after=${idOf(any(users, n))}`,
  'by email_address': (users, n) => `/users?email_address=user${any(users, n)}@example.com`,
  'by phone_number': (users, n) => `/users?phone_number=%2B1${2_000_000_000 + any(users, n)}`,
  'by username': (users, n) => `/users?username=name_${any(users, n)}`,
  'by external_id': (users, n) => `/users?external_id=customer-${any(users, n)}`,
  'by user_id': (users, n) => `/users?user_id=${idOf(any(users, n))}`,
  'the banned': () => '/users?banned=true',
  'query: everybody has it': () => '/users?query=example',
  'query: one in a thousand has it': () => '/users?query=lovelace',
  'query: one has it': (users, n) => `/users?query=ser${any(users, n)}%40exam`,
  'query: nobody has it': () => '/users?query=xyzzy',
  'query: two characters': () => '/users?query=us',
  'query: everybody, after a cursor': (users, n) => `/users?query=example&starting_after=${idOf(any(users, n))}`,
  'query: everybody, by username': () => '/users?query=example&order_by=username',
  'email_address_query: everybody': () => '/users?email_address_query=example',
  'email_address_query: one has it': (users, n) => `/users?email_address_query=user${any(users, n)}%40example.com`,
  'email_address_query: nobody': () => '/users?email_address_query=name_',
  'phone_number_query: everybody': () => '/users?phone_number_query=%2B12',
  'username_query: everybody': () => '/users?username_query=name_',
  'username_query: nobody': () => '/users?username_query=example',
  'name_query: one in a thousand has it': () => '/users?name_query=lovelace',
  'name_query: nobody': () => '/users?name_query=example',
  'name_query: nobody, by username': () => '/users?name_query=example&order_by=username',
  'two terms, of which nobody has one': () => '/users?name_query=example&email_address_query=example',
  count: () => '/users/count',
  'count by email_address': (users, n) => `/users/count?email_address=user${any(users, n)}@example.com`,
  'count, query: one has it': (users, n) => `/users/count?query=ser${any(users, n)}%40exam`,
}

/** @param {string[]} storage @returns {Promise<Server>} */
async function start(storage) {
  const flags = ['start', '--json', '--port', '0', ...storage]
  const child = spawn(process.execPath, [program, ...flags], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = await once(child.stdout, 'data')
  child.stdout.resume()
  const { apiUrl, secretKey } = JSON.parse(String(line).split('\n', 1)[0] ?? '')
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
  const call = async (/** @type {string} */ path, /** @type {object} */ options = {}) => {
    const response = await fetch(`${apiUrl}/v1${path}`, { headers, ...options })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
    return JSON.parse(text)
  }
  return {
    ask: call,
    create: (user) => call('/users', { method: 'POST', body: JSON.stringify(user) }),
    write: (userId) =>
      call(`/users/${userId}/metadata`, { method: 'PATCH', body: '{"private_metadata":{"seen":true}}' }),
    async stop() {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

/**
 * A server that has so many users, which it finds in its database when it is started.
 *
 * @param {number} users
 * @param {string[]} storage
 * @param {() => Promise<import('./multiplied.mjs').Tables>} open
 */
async function startWith(users, storage, open) {
  const first = await start(storage)
  await first.create({ email_address: ['first@example.com'] })
  await first.stop()
  const began = performance.now()
  await multiply(await open(), users)
  console.error(`${users} users in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  return start(storage)
}

/** @param {Server} server @param {number} users @param {string} path */
async function milliseconds(server, users, path) {
  await server.write(idOf(users >> 1))
  const began = performance.now()
  await server.ask(path)
  return performance.now() - began
}

/** @param {string} kind @param {(users: number) => Promise<Server>} open */
async function measure(kind, open) {
  const small = await open(few)
  const large = await open(many)
  console.log(`\n${kind}: ms among ${few} users, among ${many}, and the ratio; medians of ${rounds} rounds`)
  for (const [name, request] of Object.entries(requests)) {
    /** @type {{ small: number, large: number }[]} */
    const times = []
    for (let round = -3; round < rounds; round++) {
      const first = round % 2 ? undefined : await milliseconds(large, many, request(many, round + 3))
      const time = {
        small: await milliseconds(small, few, request(few, round + 3)),
        large: first ?? (await milliseconds(large, many, request(many, round + 3))),
      }
      if (round >= 0) times.push(time)
    }
    print(name, times)
  }
  /** @type {{ small: number, large: number }[]} */
  const creations = []
  for (let n = 0; n < rounds * 4; n++) {
    creations.push({ small: await creation(small, n), large: await creation(large, n) })
  }
  print('a creation', creations)
  await small.stop()
  await large.stop()
}

/** @param {string} name @param {{ small: number, large: number }[]} times */
function print(name, times) {
  const small = times.map((time) => time.small)
  const large = times.map((time) => time.large)
  const figures = [median(small), median(large)].map((ms) => ms.toFixed(1).padStart(8)).join('')
  console.log(name.padEnd(36), figures, ratio(large, small))
}

/** @param {Server} server @param {number} n */
async function creation(server, n) {
  const began = performance.now()
  await server.create({ email_address: [`new${n}@example.com`], first_name: 'Ada', last_name: 'Byron' })
  return performance.now() - began
}

await measure('SQLite', (users) => {
  const directory = join(folder, `${users}`)
  return startWith(users, ['--data-dir', directory], async () => sqliteTables(join(directory, 'clerk.sqlite')))
})

const postgres = await startPostgres()
await measure('PostgreSQL', async (users) => {
  const client = new pg.Client(postgres.url)
  await client.connect()
  await client.query(`create database of_${users}`)
  await client.end()
  const url = new URL(`of_${users}`, postgres.url).href
  return startWith(users, ['--database-url', url], () => postgresTables(url))
})
await postgres.stop()
