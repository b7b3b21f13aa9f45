// Does the time of an answer tell who has an account? With enumeration protection, names that somebody has and names that
// nobody has are tried in turns, by every step up to the first that only a user gets past.
// Usage: node bench/enumeration.mjs [samples of each kind]
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startServer } from 'clerk-server'
import { median } from './median.mjs'

const samples = Number(process.argv[2] ?? 2000)
/** Fewer than lock a user. */
const triesOfEach = 4
const origin = 'http://localhost:3000'

const dataDir = await mkdtemp(join(tmpdir(), 'clerk-enumeration-'))
const settings = /** @type {const} */ ({ enumeration_protection: true })
const server = await startServer({ dataDir, settings })

/** @param {string} path @param {object} body */
async function create(path, body) {
  const headers = { authorization: `Bearer ${server.secretKey}`, 'content-type': 'application/json' }
  const response = await fetch(`${server.url}/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path} was answered ${response.status}`)
}

let cookie = ''

/** @param {string} path @param {Record<string, string>} form */
async function ask(path, form) {
  const began = performance.now()
  const response = await fetch(`${server.url}/__clerk/v1/client/sign_ins${path}`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/x-www-form-urlencoded', ...(cookie && { cookie }) },
    body: new URLSearchParams(form),
  })
  const answer = /** @type {{ response?: { id: string }, errors?: { code: string }[] }} */ (await response.json())
  const ms = performance.now() - began
  cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
  return { ms, id: answer.response?.id ?? '', code: answer.errors?.[0]?.code ?? 'none' }
}

const password = 'not the one that it is'
const strategy = 'email_code'
/** @type {Record<string, (identifier: string) => Promise<{ ms: number, code: string }>>} */
const steps = {
  'a name': (identifier) => ask('', { identifier }),
  'a name with a wrong password': (identifier) => ask('', { identifier, password }),
  'a name, to which a code is sent': (identifier) => ask('', { identifier, strategy }),
  'a wrong code': async (identifier) => {
    const { id } = await ask('', { identifier, strategy })
    // The mail is sent meanwhile, or is not.
    await wait(25)
    return ask(`/${id}/attempt_first_factor`, { strategy, code: 'wrong' })
  },
}

const users = Math.ceil(samples / triesOfEach)
/** @param {string} step @param {number} sample */
const known = (step, sample) => `${step.replaceAll(/\W/g, '')}${sample % users}@example.com`
for (const step of Object.keys(steps)) {
  for (let first = 0; first < users; first += 20) {
    const some = Array.from({ length: Math.min(20, users - first) }, (_, index) => known(step, first + index))
    await Promise.all(
      some.map((address) => create('/users', { email_address: [address], password: 'a long enough secret' })),
    )
  }
}

try {
  console.log(`Node ${process.version}, ${samples} of each, SQLite on a disk`)
  for (const [name, step] of Object.entries(steps)) {
    /** @type {Record<'known' | 'unknown', { ms: number, code: string }[]>} */
    const taken = { known: [], unknown: [] }
    for (let sample = 0; sample < samples; sample++) {
      const unknown = `${randomBytes(8).toString('hex')}@example.com`
      const both = /** @type {const} */ ([
        ['known', known(name, sample)],
        ['unknown', unknown],
      ])
      for (const [kind, identifier] of sample % 2 ? both : [...both].reverse()) taken[kind].push(await step(identifier))
    }
    const codes = new Set([...taken.known, ...taken.unknown].map(({ code }) => code))
    const there = median(taken.known.map(({ ms }) => ms))
    const not = median(taken.unknown.map(({ ms }) => ms))
    console.log(
      `${name.padEnd(34)} known ${there.toFixed(2).padStart(7)} ms   unknown ${not.toFixed(2).padStart(7)} ms   ` +
        `${(there / not).toFixed(3)}   ${[...codes].join(' ')}`,
    )
  }
} finally {
  await server.close()
  await rm(dataDir, { recursive: true })
}
