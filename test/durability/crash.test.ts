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
