import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Running, startReady, temporaryFolder } from '../support/command-line.js'
import { freshDatabase } from '../support/postgres.js'

/** Creates users, eight at a time, until the server is gone; gives the ids of those that were acknowledged. */
async function createUntilGone({ ready }: Running, round: number): Promise<string[]> {
  const acknowledged: string[] = []
  const worker = async (lane: number) => {
    for (let n = 0; ; n++) {
      const response = await fetch(`${ready.apiUrl}/v1/users`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ready.secretKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ email_address: [`${round}.${lane}.${n}@example.com`] }),
      })
      const { id } = (await response.json()) as { id: string }
      expect(response.status).toBe(200)
      acknowledged.push(id)
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: 8 }, (_, lane) => worker(lane)))
  for (const lane of lanes) expect(lane).toMatchObject({ status: 'rejected', reason: { name: 'TypeError' } })
  return acknowledged
}

async function userIds({ ready }: Running): Promise<string[]> {
  const ids: string[] = []
  for (;;) {
    const response = await fetch(`${ready.apiUrl}/v1/users?limit=500&offset=${ids.length}`, {
      headers: { authorization: `Bearer ${ready.secretKey}` },
    })
    const page = (await response.json()) as { id: string; email_addresses: unknown[] }[]
    for (const user of page) expect(user.email_addresses).toHaveLength(1)
    if (page.length === 0) return ids
    ids.push(...page.map(({ id }) => id))
  }
}

describe('a server that is killed in the middle of writes', () => {
  test.each(['SQLite', 'PostgreSQL'])(
    'has every user it acknowledged, whole, when it is started again: %s',
    async (kind) => {
      const storage = kind === 'SQLite' ? ['--data-dir', await temporaryFolder()] : ['--database-url', await database()]
      const acknowledged: string[] = []
      for (let round = 0; round < 5; round++) {
        const server = await startReady(...storage)
        const writes = createUntilGone(server, round)
        await sleep(randomInt(50, 400))
        expect(await server.stop('SIGKILL')).toBe('SIGKILL')
        acknowledged.push(...(await writes))
      }
      expect(acknowledged.length).toBeGreaterThan(0)
      const present = await userIds(await startReady(...storage))
      expect(present).toEqual(expect.arrayContaining(acknowledged))
      expect(new Set(present).size).toBe(present.length)
    },
  )
})

async function database(): Promise<string> {
  const { url, drop } = await freshDatabase()
  onTestFinished(drop)
  return url
}
