// How much CPU does a middleware add to a request of an Express 5 app, with the tokens of many users in rotation? The same
// requests go through an app without middleware, and what that takes is subtracted in each round. They are made in the
// process of the app, without a connection, whose reading and writing would take many times what is measured. Each app has a
// process of its own; they run in turn. Usage: node bench/middleware.mjs [rounds] [tokens]
import { startApi } from './api.mjs'
import { contest, ratio } from './contest.mjs'
import { median } from './median.mjs'
import { createTokens } from './tokens.mjs'

const rounds = Number(process.argv[2] ?? 31)
const count = Number(process.argv[3] ?? 500)
const names = /** @type {const} */ (['none', 'ours', '2.6.3', '@clerk/express'])

const { tokens, jwtKey, keySet } = createTokens(count)
const { url, close } = await startApi(keySet)
const module = new URL('guards.mjs', import.meta.url).href
const turns = await contest(module, names, { rounds, given: { tokens, jwtKey, url } })
close()

/** @param {typeof names[number]} name */
const added = (name) => turns[name].map(({ cpu }, round) => cpu - Number(turns.none[round]?.cpu))

console.log(`medians of ${rounds} rounds, ${count} tokens, Node ${process.version}; in brackets the middle half`)
console.log(
  'a request without'.padEnd(24),
  `${median(turns.none.map(({ cpu }) => cpu))
    .toFixed(1)
    .padStart(6)} µs`,
)
for (const name of names.slice(1)) {
  const time = `${median(added(name)).toFixed(1).padStart(6)} µs`
  console.log(`${name} adds`.padEnd(24), time, `of ours: ${ratio(added(name), added('ours'))}`)
}
