// How long does `npm start` take, in a tree that is built, until the server answers its first request?
// npm with a script that does nothing runs in turn with it. Usage: node bench/npm-start.mjs [rounds]
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { median } from './median.mjs'

const rounds = Number(process.argv[2] ?? 7)
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'clerk-bench-'))
writeFileSync(join(folder, 'package.json'), '{"scripts":{"start":"node -e 0"}}')

async function bareNpm() {
  const began = performance.now()
  await once(spawn('npm', ['start'], { cwd: folder, stdio: 'ignore' }), 'exit')
  return performance.now() - began
}

/** @param {number} round */
async function firstAnswer(round) {
  const port = await freePort()
  const flags = ['--data-dir', join(folder, `${round}`), '--port', `${port}`, '--example-port', '0']
  const began = performance.now()
  const child = spawn('npm', ['start', '--', ...flags], { cwd: root, stdio: 'ignore', detached: true })
  while (!(await answers(port))) await sleep(5)
  const ms = performance.now() - began
  const ended = once(child, 'exit')
  process.kill(-Number(child.pid), 'SIGINT')
  await ended
  return ms
}

/** @param {number} port */
const answers = (port) =>
  fetch(`http://127.0.0.1:${port}/openapi.json`).then(
    ({ ok }) => ok,
    () => false,
  )

/** @returns {Promise<number>} */
async function freePort() {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const address = holder.address()
  await new Promise((resolve) => holder.close(resolve))
  return typeof address === 'object' ? Number(address?.port) : Number.NaN
}

const bare = []
const start = []
for (let round = 0; round < rounds; round++) {
  bare.push(await bareNpm())
  start.push(await firstAnswer(round))
}
rmSync(folder, { recursive: true })
console.log(`medians of ${rounds} rounds, Node ${process.version}`)
console.log('npm with a script that does nothing, ms      ', median(bare).toFixed(0))
console.log("npm start to the server's first answer, ms   ", median(start).toFixed(0))
