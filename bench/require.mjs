// What does a cold `require` of the SDK add to a Node that does nothing, in milliseconds from start to end and in CPU time?
// Every round starts a fresh process for each contender, one after another, so that what else the machine does falls on each
// of them; a figure is a contender's process less the bare one of the same round. Usage: node bench/require.mjs [rounds]
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ratio } from './contest.mjs'
import { median } from './median.mjs'

const rounds = Number(process.argv[2] ?? 41)

/** Version 2.6.3 cannot be loaded without a key. */
const options = { cwd: fileURLToPath(new URL('.', import.meta.url)), env: { CLERK_API_KEY: 'sk_test_bench' } }

/** @param {string} code */
function run(code) {
  const print = 'const { user, system } = process.cpuUsage(); process.stdout.write(String(user + system))'
  const began = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', `${code};${print}`], options)
  if (status !== 0) throw new Error(String(stderr))
  return { time: performance.now() - began, cpu: Number(stdout) / 1000 }
}

const contenders = ['@clerk/clerk-sdk-node', '@clerk/backend', 'clerk-sdk-node-2.6.3'].map((name) => ({
  name,
  time: /** @type {number[]} */ ([]),
  cpu: /** @type {number[]} */ ([]),
}))
const bare = []
for (let round = -3; round < rounds; round++) {
  const nothing = run('')
  const all = contenders.map(({ name }) => run(`require('${name}')`))
  if (round < 0) continue
  bare.push(nothing)
  for (const [index, { time, cpu }] of contenders.entries()) {
    time.push(Number(all[index]?.time) - nothing.time)
    cpu.push(Number(all[index]?.cpu) - nothing.cpu)
  }
}

/** @param {number[]} figures */
const milliseconds = (figures) => `${median(figures).toFixed(1).padStart(6)} ms`

console.log(`medians of ${rounds} rounds, Node ${process.version}; in brackets the middle half`)
for (const measure of /** @type {const} */ (['time', 'cpu'])) {
  const peer = contenders.at(-1)?.[measure] ?? []
  console.log(measure === 'time' ? 'from start to end' : 'CPU time')
  console.log('  bare Node'.padEnd(32), milliseconds(bare.map((figures) => figures[measure])))
  for (const { name, [measure]: figures } of contenders) {
    console.log(`  ${name} adds`.padEnd(32), milliseconds(figures), `${ratio(figures, peer)} of 2.6.3`)
  }
}
