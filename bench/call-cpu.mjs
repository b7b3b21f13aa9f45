// How much CPU does a call take that lists ten users, beside the same request by bare `node:http` over kept connections, whose
// answer is read and parsed? One call after another, and 32 at once. The other clients of the API run along, all in turn, each
// in its own process, against a server in yet another one. Usage: node bench/call-cpu.mjs [rounds]
import { startApi } from './api.mjs'
import { contest, ratio } from './contest.mjs'
import { median } from './median.mjs'

const rounds = Number(process.argv[2] ?? 31)
const names = /** @type {const} */ (['node:http', 'ours', '2.6.3', '@clerk/backend'])

console.log(`medians of ${rounds} rounds, Node ${process.version}; in brackets the middle half`)
const api = await startApi()
for (const atOnce of [1, 32]) {
  const module = new URL('clients.mjs', import.meta.url).href
  const turns = await contest(module, names, { rounds, atOnce, given: api.url })
  const bare = turns['node:http'].map(({ cpu }) => cpu)
  console.log(atOnce === 1 ? 'one after another' : `${atOnce} at once`)
  for (const name of names) {
    const figures = turns[name].map(({ cpu }) => cpu)
    console.log(`  ${name}`.padEnd(18), `${median(figures).toFixed(0).padStart(5)} µs`, ratio(figures, bare))
  }
}
api.close()
