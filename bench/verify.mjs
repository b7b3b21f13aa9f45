// How much CPU does verifyToken take beside the signature check that nobody can do without? Every contender verifies the same
// distinct tokens, one after another. They run in turn, each in its own process, so that what else the machine does falls on
// each of them. The peers have the published keys in their caches; @clerk/backend is once handed the key, as the SDK is.
// Usage: node bench/verify.mjs [rounds] [tokens]
import { startApi } from './api.mjs'
import { contest, ratio } from './contest.mjs'
import { median } from './median.mjs'
import { createTokens } from './tokens.mjs'
import { contenders } from './verifiers.mjs'

const rounds = Number(process.argv[2] ?? 31)
const count = Number(process.argv[3] ?? 1000)
const names = /** @type {(keyof typeof contenders)[]} */ (Object.keys(contenders))

const { tokens, jwtKey, keySet } = createTokens(count)
const { url, close } = await startApi(keySet)
const module = new URL('verifiers.mjs', import.meta.url).href
const turns = await contest(module, names, { rounds, given: { tokens, jwtKey, url } })
close()

/** @param {keyof typeof contenders} name */
const cpu = (name) => turns[name].map((turn) => turn.cpu)

console.log(`medians of ${rounds} rounds of ${count} tokens, Node ${process.version}; in brackets the middle half`)
for (const name of names) {
  const time = `${median(cpu(name)).toFixed(1).padStart(6)} µs`
  console.log(name.padEnd(44), time, ratio(cpu(name), cpu('crypto.verify alone')))
}
for (const peer of /** @type {const} */ ([
  '2.6.3, keys cached',
  '@clerk/backend, keys cached',
  '@clerk/backend, jwtKey',
])) {
  console.log(`${peer}, of ours with the cache off`.padEnd(54), ratio(cpu(peer), cpu('verifyToken, cache off')))
}
