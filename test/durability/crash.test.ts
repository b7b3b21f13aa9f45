import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Running, startReady } from '../support/command-line.js'
import { freshStorage, storageKinds } from '../support/instance.js'
import { rowsIn } from '../support/rows.js'
import { flagsOf } from '../support/storage-flags.js'
import { createWorkload, type Workload } from './workload.js'

const rounds = 20
const writesARound = 250

/**
 * What recovery may take, in milliseconds: whoever watches over a server takes it for dead after some seconds. It is a
 * bound and no measure of speed: a start takes a fraction of it, and the median is held to it, so that a machine that is
 * held up for a moment does not break it.
 */
const readyWithin = 2_000

/** Writes until a server is killed, which it is at any moment after so many writes. */
async function writeUntilKilled(server: Running, workload: Workload): Promise<void> {
  const enough = workload.more(writesARound)
  const written = workload.write([server.ready])
  await Promise.race([enough, written])
  await sleep(randomInt(0, 100))
  expect(await server.stop('SIGKILL')).toBe('SIGKILL')
  await written
}

test.each(storageKinds)(
  'of 5,000 writes a server acknowledged on %s none is lost, or there twice, however often it is killed amid them',
  async (kind) => {
    const storage = await freshStorage(kind)
    const workload = createWorkload(randomInt(2 ** 31))
    const starts: number[] = []
    const start = async () => {
      const began = performance.now()
      const server = await startReady('--log-level', 'warn', ...flagsOf(storage))
      starts.push(performance.now() - began)
      return server
    }

    let server = await start()
    for (let round = 0; round < rounds; round++) {
      await writeUntilKilled(server, workload)
      server = await start()
      expect(await count(server, '?email_address_query=@example.com')).toBe(await count(server))
      await workload.check(server.ready)
    }
    expect(workload.acknowledged()).toBeGreaterThanOrEqual(rounds * writesARound)
    expect(starts.sort((a, b) => a - b)[rounds / 2]).toBeLessThan(readyWithin)
    expect(await server.stop('SIGTERM')).toBe(0)

    if (kind === 'SQLite') {
      expect(await rowsIn(storage, 'pragma integrity_check')).toMatchObject([{ integrity_check: 'ok' }])
      expect(await rowsIn(storage, 'pragma foreign_key_check')).toEqual([])
    } else {
      await rowsIn(storage, 'create extension amcheck')
      // An error if what is in an index is not what is in its table.
      const indexes = `select bt_index_check(indexrelid, true, true) from pg_index join pg_class on pg_class.oid = indrelid
        join pg_am on pg_am.oid = (select relam from pg_class where oid = indexrelid)
        where amname = 'btree' and relnamespace = 'public'::regnamespace and relpersistence = 'p'`
      expect((await rowsIn(storage, indexes)).length).toBeGreaterThan(10)
      const orphans = 'select 1 from identifications where user_id not in (select id from users)'
      expect(await rowsIn(storage, orphans)).toEqual([])
    }
  },
  120_000,
)

test.each(storageKinds)(
  'whoever was created, changed or deleted right before a server on %s is killed is found as they are',
  async (kind) => {
    const storage = await freshStorage(kind)
    const start = () => startReady('--log-level', 'warn', ...flagsOf(storage))
    const searches = ['query=ada', 'email_address_query=ada@', 'username_query=ada', 'name_query=ada']
    const found = (server: Running) => Promise.all(searches.map((search) => count(server, `?${search}`)))

    let server = await start()
    const ada = { username: 'ada_l', first_name: 'Ada', email_address: ['ada@example.com'] }
    const created = await send(server, 'POST', '/users', ada)
    expect(created.status).toBe(200)
    const { id } = (await created.json()) as { id: string }
    await server.stop('SIGKILL')
    server = await start()
    expect(await found(server)).toEqual([1, 1, 1, 1])

    expect((await send(server, 'PATCH', `/users/${id}`, { username: 'augusta', first_name: 'Augusta' })).status).toBe(
      200,
    )
    await server.stop('SIGKILL')
    server = await start()
    expect(await found(server)).toEqual([1, 1, 0, 0])
    expect(await count(server, '?name_query=augusta')).toBe(1)

    expect((await send(server, 'DELETE', `/users/${id}`)).status).toBe(200)
    await server.stop('SIGKILL')
    server = await start()
    expect(await found(server)).toEqual([0, 0, 0, 0])
  },
)

const send = ({ ready }: Running, method: string, path: string, body?: object) =>
  fetch(`${ready.apiUrl}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${ready.secretKey}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })

async function count(server: Running, query = ''): Promise<number> {
  const answer = await send(server, 'GET', `/users/count${query}`)
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { total_count: number }).total_count
}
