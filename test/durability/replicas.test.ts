import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Running, startReady } from '../support/command-line.js'
import { freshStorage, storageKinds } from '../support/instance.js'
import { rowsIn } from '../support/rows.js'
import { flagsOf } from '../support/storage-flags.js'
import { createWorkload, lanes } from './workload.js'

/** Two servers that start at the same time on one empty PostgreSQL. */
async function startReplicas() {
  const storage = await freshStorage('PostgreSQL')
  const start = () => startReady('--log-level', 'warn', ...flagsOf(storage))
  const [first, second] = await Promise.all([start(), start()])
  return { storage, first, second }
}

test('two servers that start together on an empty PostgreSQL apply each migration once, and are one instance', async () => {
  const { storage, first, second } = await startReplicas()
  const applied = await rowsIn<{ name: string }>(storage, 'select name from kysely_migration')
  expect(applied.length).toBeGreaterThan(0)
  expect(new Set(applied.map(({ name }) => name)).size).toBe(applied.length)
  expect(await rowsIn(storage, 'select 1 from instance')).toHaveLength(1)
  expect(second.ready.secretKey).toBe(first.ready.secretKey)
  expect(second.ready.publishableKey).toBe(first.ready.publishableKey)
})

test('of two servers on one PostgreSQL one is killed under load: only what it was just asked fails, and nothing is lost', async () => {
  const { first, second } = await startReplicas()
  const workload = createWorkload(randomInt(2 ** 31))
  let stopped = false
  const before = workload.more(300)
  const written = workload.write([first.ready, second.ready], () => stopped)
  await Promise.race([before, written])
  expect(await second.stop('SIGKILL')).toBe('SIGKILL')
  await Promise.race([workload.more(300), written])
  stopped = true
  await written
  // Each lane has one request under way, and learns by it that the server has gone.
  expect(workload.unanswered()).toBeLessThanOrEqual(lanes)
  await workload.check(first.ready)
})

test.each(storageKinds)(
  'told to stop under load on %s, a server answers whatever it carries out, and exits 0 in time',
  async (kind) => {
    const storage = await freshStorage(kind)
    const start = () => startReady('--log-level', 'warn', ...flagsOf(storage))
    const server = await start()
    const workload = createWorkload(randomInt(2 ** 31))
    const enough = workload.more(100)
    const written = workload.write([server.ready])
    await Promise.race([enough, written])
    // Requests that are under way may take ten seconds to be answered; whoever is asked for more is not waited for.
    expect(await within(10_000, server.stop('SIGTERM'))).toBe(0)
    await written
    await workload.check((await start()).ready, 'what was answered')
  },
)

test('of 200 creations of one address at the same time, through two servers, one succeeds', async () => {
  const { first, second } = await startReplicas()
  const create = async ({ ready }: Running, n: number) => {
    const response = await fetch(`${ready.apiUrl}/v1/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ready.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ email_address: ['race@example.com'], username: `racer-${n}` }),
    })
    const { errors } = (await response.json()) as { errors?: { code: string }[] }
    return `${response.status} ${errors?.[0]?.code}`
  }
  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => create(n % 2 ? first : second, n)))
  expect(answers.filter((answer) => answer === '200 undefined')).toHaveLength(1)
  expect(answers.filter((answer) => answer === '422 form_identifier_exists')).toHaveLength(199)
})

const within = <Result>(ms: number, result: Promise<Result>) =>
  Promise.race([result, sleep(ms, `not within ${ms} ms`, { ref: false })])
