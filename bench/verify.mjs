// How much CPU does verifyToken take beside the signature check that nobody can do without? Every contender verifies the same
// distinct tokens in each round, one after another, so that what else the machine does falls on each of them.
// Usage: node bench/verify.mjs [rounds] [tokens]
import { generateKeyPairSync, sign, verify } from 'node:crypto'
import Clerk from '@clerk/clerk-sdk-node/instance'
import { median } from './median.mjs'

const rounds = Number(process.argv[2] ?? 31)
const count = Number(process.argv[3] ?? 1000)

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwtKey = publicKey.export({ format: 'pem', type: 'spki' }).toString()

/** @param {unknown} value */
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A session token as the hosted API makes them. */
const tokens = Array.from({ length: count }, (_, number) => {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    azp: 'https://app.example.com',
    exp: now + 3600,
    iat: now,
    iss: 'https://clerk.example.com',
    nbf: now - 10,
    sid: `sess_2aBcDeFgHiJkLmNoPqRsT${number}`,
    sub: `user_2aBcDeFgHiJkLmNoPqRsT${number}`,
  }
  const signed = `${part({ alg: 'RS256', kid: 'ins_2aBcDeFgHiJkLmNoPqRsTuVwXyZ', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`
})

const checks = tokens.map((token) => {
  const end = token.lastIndexOf('.')
  return { signed: Buffer.from(token.slice(0, end)), signature: Buffer.from(token.slice(end + 1), 'base64url') }
})

/** @param {number} tokenCacheSize */
function verifyAll(tokenCacheSize) {
  const clerk = new Clerk({ apiKey: 'sk_test_bench', jwtKey, tokenCacheSize })
  return async () => {
    for (const token of tokens) await clerk.verifyToken(token)
  }
}

/** @type {[string, () => void | Promise<void>][]} */
const contenders = [
  [
    'crypto.verify alone',
    () => {
      for (const { signed, signature } of checks) {
        if (!verify('RSA-SHA256', signed, publicKey, signature)) throw new Error('refused')
      }
    },
  ],
  ['verifyToken, cache off', verifyAll(0)],
  ['verifyToken, cache on, tokens in rotation', verifyAll(count)],
]

/**
 * The CPU time of the whole process for one token: what the collector does on other threads counts, too.
 *
 * @param {() => void | Promise<void>} run
 */
async function microseconds(run) {
  const began = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(began)
  return (user + system) / count
}

/** @type {number[][]} */
const figures = []
for (let round = -3; round < rounds; round++) {
  const times = []
  for (const [, run] of contenders) times.push(await microseconds(run))
  if (round >= 0) figures.push(times)
}

console.log(`medians of ${rounds} rounds of ${count} tokens, Node ${process.version}`)
for (const [index, [name]] of contenders.entries()) {
  const time = median(figures.map((times) => Number(times[index])))
  const ratio = median(figures.map((times) => Number(times[index]) / Number(times[0])))
  console.log(name.padEnd(44), `${time.toFixed(1).padStart(6)} µs`, `${ratio.toFixed(2).padStart(6)}×`)
}
