import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import type { Ready } from '../support/command-line.js'

type Target = Pick<Ready, 'apiUrl' | 'secretKey'>

/** What the workload changes of a user; `undefined` where there is no such user. */
type State = { first_name: string; visits: number } | undefined

/** A user by address: what was acknowledged last, and what a write that got no answer may have made of it. */
interface Known {
  id: string | undefined
  acknowledged: State
  unanswered?: { state: State }
}

export interface Workload {
  /** How many writes were acknowledged. */
  acknowledged(): number
  /** Resolves when so many more are. */
  more(writes: number): Promise<void>
  /** How many requests ended without an answer. */
  unanswered(): number
  /**
   * Writes from several lanes at once until told to stop, or until no server is left. A lane goes on with the other servers
   * when one does not answer. Every answer must be a success, or 503 where the database may be away, which is none then: the
   * connection may break after a commit.
   */
  write(servers: readonly Target[], stopped?: () => boolean): Promise<void>
  /**
   * Holds what a server has against what was acknowledged, and takes it for what there is from then on.
   *
   * @param holds `everything`: of a write without an answer all may be there, or nothing. `what was answered`: nothing of it is
   */
  check(server: Target, holds?: 'everything' | 'what was answered'): Promise<void>
}

/** How many writes are under way at once. */
export const lanes = 8

/** Creates, changes and deletes users as applications do, each lane its own. The same seed makes the same choices. */
export function createWorkload(seed: number, { databaseMayBeAway = false } = {}): Workload {
  const random = randomNumbers(seed)
  const users = new Map<string, Known>()
  let acknowledged = 0
  let unanswered = 0
  let made = 0
  let waiting: { for: number; resolve: () => void }[] = []

  async function lane(servers: readonly Target[], stopped: () => boolean): Promise<void> {
    const left = [...servers]
    const own: string[] = []
    const pick = () => {
      if (own.length > 0 && random() < 0.5) return own[Math.floor(random() * own.length)] as string
      const address = `${seed}.${made++}@example.com`
      own.push(address)
      return address
    }
    while (left.length > 0 && !stopped()) {
      const server = left[Math.floor(random() * left.length)] as Target
      const address = pick()
      const outcome = await write(server, address)
      if (outcome === 'no answer') left.splice(left.indexOf(server), 1)
      // Nobody knows what became of a user until a server is asked.
      if (outcome !== 'written') own.splice(own.indexOf(address), 1)
    }
  }

  async function write(server: Target, address: string): Promise<'written' | 'deleted' | 'no answer'> {
    const user = users.get(address) ?? { id: undefined, acknowledged: undefined }
    users.set(address, user)
    const { method, path, body, state } = nextWrite(user, address, random)
    user.unanswered = { state }
    let answer: Answer
    try {
      answer = await call(server, method, path, body)
    } catch (error) {
      expect(error).toMatchObject({ name: 'TypeError' })
      unanswered++
      return 'no answer'
    }
    if (databaseMayBeAway && answer.status === 503) {
      unanswered++
      return 'no answer'
    }
    if (answer.status !== 200) expect.fail(`${method} ${path} was answered ${answer.status}, with the seed ${seed}`)
    acknowledged++
    for (const one of waiting) if (one.for === acknowledged) one.resolve()
    waiting = waiting.filter((one) => one.for > acknowledged)
    delete user.unanswered
    user.id = answer.body.id
    user.acknowledged = state
    return state ? 'written' : 'deleted'
  }

  return {
    acknowledged: () => acknowledged,
    more: (writes) => new Promise((resolve) => waiting.push({ for: acknowledged + writes, resolve })),
    unanswered: () => unanswered,
    async write(servers, stopped = () => false) {
      await Promise.all(Array.from({ length: lanes }, () => lane(servers, stopped)))
    },

    async check(server, holds = 'everything') {
      const present = await listed(server)
      const surprises: object[] = []
      for (const [address, user] of users) {
        const { id, acknowledged, unanswered } = user
        const found = present.get(address)
        const is = found && { first_name: found.first_name, visits: found.public_metadata.visits }
        const possible = unanswered && holds === 'everything' ? [acknowledged, unanswered.state] : [acknowledged]
        const expected = possible.some((one) => isDeepStrictEqual(one, is)) && (!found || !id || found.id === id)
        if (!expected) surprises.push({ address, id, found, possible })
        present.delete(address)
        if (found) users.set(address, { id: found.id, acknowledged: is })
        else users.delete(address)
      }
      surprises.push(...present.values())
      expect(surprises, `what was not to be there, or otherwise, with the seed ${seed}`).toEqual([])
    },
  }
}

function nextWrite({ id, acknowledged: before }: Known, address: string, random: () => number) {
  if (!id || !before) {
    const state = { first_name: `Ada ${random()}`, visits: 0 }
    const body = { email_address: [address], first_name: state.first_name, public_metadata: { visits: 0 } }
    return { method: 'POST', path: '/users', body, state }
  }
  const path = `/users/${id}`
  const choice = random()
  if (choice < 0.4) {
    const first_name = `Ada ${random()}`
    return { method: 'PATCH', path, body: { first_name }, state: { ...before, first_name } }
  }
  if (choice < 0.7) {
    const visits = before.visits + 1
    const body = { public_metadata: { visits } }
    return { method: 'PATCH', path: `${path}/metadata`, body, state: { ...before, visits } }
  }
  return { method: 'DELETE', path, body: undefined, state: undefined }
}

interface ListedUser {
  id: string
  first_name: string
  email_addresses: { email_address: string }[]
  public_metadata: { visits: number }
}

/** Everybody, by address. What the database counts and what can be found by a search is the same. */
async function listed(server: Target): Promise<Map<string, ListedUser>> {
  const users = new Map<string, ListedUser>()
  let count = 0
  for (let offset = 0; ; offset += 500) {
    const { body } = await call(server, 'GET', `/users?limit=500&order_by=created_at&offset=${offset}`)
    const page = body as unknown as ListedUser[]
    for (const user of page) for (const one of user.email_addresses) users.set(one.email_address, user)
    count += page.length
    if (page.length < 500) break
  }
  const counts = [await total(server, '/users/count'), await total(server, '/users/count?query=example.com')]
  expect([users.size, ...counts], 'addresses, users that are counted, users that are found').toEqual([
    count,
    count,
    count,
  ])
  return users
}

const total = async (server: Target, path: string) => (await call(server, 'GET', path)).body.total_count

interface Answer {
  status: number
  body: { id: string; total_count?: number }
}

async function call({ apiUrl, secretKey }: Target, method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${apiUrl}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}

/** Numbers from 0 to 1 that look random and follow from a seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
