// Do sign-ins hold up everybody else? 50 passwords are verified at once, round after round, while another client lists
// users. Usage: node bench/passwords.mjs [rounds]
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const rounds = Number(process.argv[2] ?? 10)
const parallel = 50
const program = fileURLToPath(new URL('../packages/server/dist/cli.js', import.meta.url))
const probe = new URL('./event-loop-delay.mjs', import.meta.url).href

const server = spawn(process.execPath, ['--import', probe, program, 'start', '--memory', '--json', '--port', '0'], {
  stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
})
const output = /** @type {import('node:stream').Readable} */ (server.stdout)
const { apiUrl, secretKey } = JSON.parse(String((await once(output, 'data'))[0]))

/** @param {string} path @param {object} [body] */
async function call(path, body) {
  const began = performance.now()
  const response = await fetch(`${apiUrl}/v1${path}`, {
    headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
  const answer = /** @type {{ id: string }} */ (await response.json())
  if (!response.ok) throw new Error(`${path} was answered ${response.status}`)
  return { answer, ms: performance.now() - began }
}

/** @returns {Promise<{ p50: number, p99: number, max: number }>} milliseconds, since this was last asked */
async function eventLoopDelay() {
  server.send('report')
  return (await once(server, 'message'))[0]
}

/** @param {number[]} values @param {number} share */
const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? 0

/** Lists users one after the other until told to stop. */
function listUsers() {
  /** @type {number[]} */
  const times = []
  let going = true
  const done = (async () => {
    while (going) times.push((await call('/users')).ms)
  })()
  return async () => {
    going = false
    await done
    return times
  }
}

const password = 'a long enough secret'
/** @type {string[]} */
const users = []
for (let index = 0; index < parallel; index++) {
  users.push((await call('/users', { username: `user_${index}`, password })).answer.id)
}

/** @param {string} name @param {() => Promise<unknown>} work */
async function measure(name, work) {
  await eventLoopDelay()
  const stop = listUsers()
  await work()
  const lists = await stop()
  const delay = await eventLoopDelay()
  const ms = (/** @type {number} */ value) => value.toFixed(1).padStart(7)
  console.log(
    `${name.padEnd(34)}event loop delay p50${ms(delay.p50)} p99${ms(delay.p99)} max${ms(delay.max)} ms` +
      `   GET /users p50${ms(percentile(lists, 0.5))} p99${ms(percentile(lists, 0.99))} ms (${lists.length} calls)`,
  )
}

console.log(`Node ${process.version}, ${rounds} rounds`)
const seconds = 2
await measure('nobody signs in', () => new Promise((resolve) => setTimeout(resolve, seconds * 1000)))
let verified = 0
const began = performance.now()
await measure(`${parallel} at once verify a password`, async () => {
  for (let round = 0; round < rounds; round++) {
    await Promise.all(users.map((id) => call(`/users/${id}/verify_password`, { password })))
    verified += users.length
  }
})
console.log(`${(verified / ((performance.now() - began) / 1000)).toFixed(0)} passwords a second`)
server.kill()
