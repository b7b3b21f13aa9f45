// How long does the server take to be ready, over a Node that does nothing, and how much memory does it hold then?
// They run in turn, so that what else the machine does falls on each. Usage: node bench/server-start.mjs [rounds]
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median } from './median.mjs'

const rounds = Number(process.argv[2] ?? 15)
const server = fileURLToPath(new URL('../packages/server/dist/cli.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'clerk-bench-'))

/**
 * Milliseconds from the start of a program to its first line, and its resident memory in MB at that moment.
 *
 * @param {string[]} command
 */
async function firstLine(...command) {
  const began = performance.now()
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(child, 'exit')
  await once(child.stdout, 'data')
  const ms = performance.now() - began
  const resident = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]
  child.kill()
  await ended
  return { ms, mb: Number(resident) / 1024 }
}

/** @param {number} round */
async function run(round) {
  const start = [server, 'start', '--json', '--port', '0', '--data-dir', join(folder, `${round}`)]
  return {
    bare: await firstLine('-e', 'console.log(); setInterval(() => {}, 1000)'),
    fresh: await firstLine(...start),
    again: await firstLine(...start),
  }
}

/** @type {Awaited<ReturnType<typeof run>>[]} */
const runs = []
for (let round = 0; round < rounds; round++) runs.push(await run(round))
rmSync(folder, { recursive: true })

/** @type {[string, (run: typeof runs[number]) => number][]} */
const rows = [
  ['bare Node, ms', ({ bare }) => bare.ms],
  ['server on an empty directory, ms over bare Node', ({ bare, fresh }) => fresh.ms - bare.ms],
  ['server on a directory with data, ms over bare Node', ({ bare, again }) => again.ms - bare.ms],
  ['server on an empty directory, MB', ({ fresh }) => fresh.mb],
  ['server on a directory with data, MB', ({ again }) => again.mb],
]
console.log(`medians of ${rounds} rounds, Node ${process.version}`)
for (const [name, of] of rows) console.log(name.padEnd(52), median(runs.map(of)).toFixed(0).padStart(5))
