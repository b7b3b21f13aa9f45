import { describe, expect, test } from 'vitest'
import { startFresh, startInstance, storageKinds } from '../support/instance.js'
import { rowsIn } from '../support/rows.js'
import { signIn } from '../support/sessions.js'
import { visit } from '../support/visitor.js'

const day = 24 * 60 * 60 * 1000

describe.each(storageKinds)('when a server is started on %s', (kind) => {
  /** A server with what `work` leaves in it, and another one on its storage so much later. */
  async function later(
    milliseconds: number,
    work: (server: Awaited<ReturnType<typeof startFresh>>) => Promise<unknown>,
  ) {
    const first = await startFresh(kind)
    await work(first)
    await first.close()
    const { now } = first.clock
    return {
      storage: first.storage,
      server: await startInstance({ storage: first.storage, clock: () => now + milliseconds }),
    }
  }

  test('browsers in which nobody signed in are forgotten a day after they came, and get another client then', async () => {
    const stranger = { cookies: new Map<string, string>(), id: '' }
    const { server, storage } = await later(day + 1, async (first) => {
      const browser = visit(first)
      stranger.id = (await browser.call('PUT /client')).body.id
      stranger.cookies = browser.cookies
      // More than are forgotten at once.
      const values = Array.from(
        { length: 1200 },
        (_, n) => `('client_old${n}', 'x', ${first.clock.now}, ${first.clock.now})`,
      )
      await rowsIn(first.storage, `insert into clients (id, token_digest, created_at, updated_at) values ${values}`)
    })
    await expect.poll(() => rowsIn(storage, 'select id from clients')).toEqual([])
    const back = visit(server)
    for (const [name, value] of stranger.cookies) back.cookies.set(name, value)
    expect((await back.call('GET /client')).body).toBeNull()
    const { status, body } = await back.call('PUT /client')
    expect(status).toBe(200)
    expect(body.id).not.toBe(stranger.id)
  })

  test('browsers stay that came within a day, in which somebody signed in, or which an application made', async () => {
    const { storage } = await later(day - 1, async (first) => {
      await visit(first).call('PUT /client')
      await signIn(first)
      const { clock } = first
      clock.now -= 30 * day
      await signIn(first)
      const browser = visit(first)
      const { body } = await browser.call('PUT /client')
      await rowsIn(first.storage, `update clients set signed_at = ${clock.now} where id = '${body.id}'`)
      clock.now += 30 * day
      await rowsIn(
        first.storage,
        `insert into clients (id, token_digest, created_at, updated_at) values ('client_old', 'x', 1, 1)`,
      )
    })
    const ids = async () => (await rowsIn<{ id: string }>(storage, 'select id from clients')).map(({ id }) => id)
    await expect.poll(ids).not.toContain('client_old')
    expect(await ids()).toHaveLength(4)
  })

  test('a browser stays in which somebody is about to sign in or to sign up', async () => {
    const { storage } = await later(day + 1, async (first) => {
      const { clock } = first
      const browsers = [visit(first), visit(first)] as const
      for (const browser of browsers) await browser.call('PUT /client')
      clock.now += day / 2
      await browsers[0].call('POST /client/sign_ins', { form: {} })
      await browsers[1].call('POST /client/sign_ups', { form: {} })
      clock.now -= day / 2
      await rowsIn(
        first.storage,
        `insert into clients (id, token_digest, created_at, updated_at) values ('client_old', 'x', 1, 1)`,
      )
    })
    await expect.poll(() => rowsIn(storage, "select id from clients where id = 'client_old'")).toEqual([])
    expect(await rowsIn(storage, 'select id from clients')).toHaveLength(2)
  })

  test('refresh tokens that nobody used for a week are gone, and newer ones are there', async () => {
    const { storage } = await later(7 * day, async (first) => {
      const { session } = await signIn(first)
      const { now } = first.clock
      await rowsIn(
        first.storage,
        `insert into refresh_tokens (digest, session_id, created_at) values ('old', '${session.id}', ${now - 1}), ('new', '${session.id}', ${now})`,
      )
    })
    await expect.poll(() => rowsIn(storage, 'select digest from refresh_tokens')).toEqual([{ digest: 'new' }])
  })
})
