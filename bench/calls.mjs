// How many calls does a program get through in a second that lists ten users, 32 calls at once? The other clients of the API,
// and bare `node:http`, run in turn with the SDK, each in its own process, against a server in yet another one.
// Usage: node bench/calls.mjs [rounds]
import { startApi } from './api.mjs'
import { contest, ratio } from './contest.mjs'
import { median } from './median.mjs'

const rounds = Number(process.argv[2] ?? 31)
const atOnce = 32
const names = /** @type {const} */ (['ours', '2.6.3', '@clerk/backend', 'node:http'])

const api = await startApi()
const turns = await contest(new URL('clients.mjs', import.meta.url).href, names, {
  rounds,
  atOnce,
  given: api.url,
})
api.close()

/** @param {typeof names[number]} name */
const perSecond = (name) => turns[name].map((turn) => turn.perSecond)

console.log(`medians of ${rounds} rounds, ${atOnce} at once, Node ${process.version}; in brackets the middle half`)
for (const name of names) {
  const figure = median(perSecond(name)).toFixed(0).padStart(6)
  console.log(name.padEnd(16), `${figure} calls/s`, `ours: ${ratio(perSecond('ours'), perSecond(name))}`)
}
