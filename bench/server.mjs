// How many requests does the server answer in a second, from 20 connections? Beside `emulate`, which keeps users in memory,
// and a yardstick: a server by hand, on the same libraries and tables, that does nothing but what was asked. The server and
// the yardstick have the same 1000 users in SQLite, and a new user is on the disk when it is answered. All run on Node 24,
// which `emulate` asks for, each in its own process, and so does whoever asks it; they are asked in turn. None logs requests.
// Who asks costs less than any of them (connection.mjs), and looks at the status of every answer.
// Usage: node bench/server.mjs [rounds] [users]
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installTools, nodeOf } from '../test/nodes/tools.mjs'
import { contest, ratio } from './contest.mjs'
import { median } from './median.mjs'
import { newUser, questions } from './server-callers.mjs'

const rounds = Number(process.argv[2] ?? 31)
const count = Number(process.argv[3] ?? 1000)
const names = /** @type {const} */ (['ours', 'emulate', 'yardstick'])
const program = fileURLToPath(new URL('../packages/server/dist/cli.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'clerk-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true }))

await installTools()
const execPath = nodeOf(24)
const users = Array.from({ length: count }, newUser)

/** @param {string} dataDir @param {string[]} flags */
async function startOurs(dataDir, ...flags) {
  const command = [program, 'start', '--json', '--port', '0', '--log-level', 'warn', '--data-dir', dataDir, ...flags]
  const child = spawn(execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
  const { apiUrl: url, secretKey: key } = JSON.parse(String((await once(child.stdout, 'data'))[0]))
  const stop = async () => {
    child.kill()
    await once(child, 'exit')
  }
  return { url, key, stop }
}

/** @param {string} file @param {string[]} args */
async function startPeer(file, ...args) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, { execPath, execArgv: [] })
  child.once('exit', (code) => code && process.exit(code))
  const [url] = await once(child, 'message')
  return { url, key: 'sk_test_any', anyKey: true, stop: () => child.disconnect() }
}

/** @param {{ url: string, key: string }} server @param {string} path @param {object} [body] */
async function call({ url, key }, path, body) {
  const response = await fetch(`${url}/v1${path}`, {
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
  return /** @type {any} */ (await response.json())
}

const seed = join(folder, 'users.jsonl')
writeFileSync(seed, users.map((user) => JSON.stringify(user)).join('\n'))
const [dataDir, copy] = [join(folder, 'data'), join(folder, 'copy')]
await (await startOurs(dataDir, '--seed', seed)).stop()
cpSync(dataDir, copy, { recursive: true })

const servers = {
  ours: { ...(await startOurs(dataDir)), ids: /** @type {string[]} */ ([]) },
  emulate: { ...(await startPeer('emulate-process.mjs')), ids: /** @type {string[]} */ ([]) },
  yardstick: {
    ...(await startPeer('yardstick-process.mjs', join(copy, 'clerk.sqlite'))),
    ids: /** @type {string[]} */ ([]),
  },
}
for (const user of users) servers.emulate.ids.push((await call(servers.emulate, '/users', user)).id)
while (servers.ours.ids.length < count) {
  const page = await call(servers.ours, `/users?limit=500&offset=${servers.ours.ids.length}`)
  servers.ours.ids.push(...page.map((/** @type {{ id: string }} */ { id }) => id))
}
servers.yardstick.ids = servers.ours.ids

const module = new URL('server-callers.mjs', import.meta.url).href
console.log(`medians of ${rounds} rounds, ${count} users, 20 connections; in brackets the middle half`)
for (const question of Object.keys(questions)) {
  const turns = await contest(module, names, { rounds, atOnce: 20, given: { question, servers } })
  console.log(question)
  for (const name of names) {
    const perSecond = (/** @type {typeof names[number]} */ of) => turns[of].map((turn) => turn.perSecond)
    const figure = median(perSecond(name)).toFixed(0).padStart(6)
    console.log(`  ${name}`.padEnd(14), `${figure} requests/s`, `ours: ${ratio(perSecond('ours'), perSecond(name))}`)
  }
}
await Promise.all(names.map((name) => servers[name].stop()))
