import { describe, expect, test } from 'vitest'
import { freshStorage, startInstance, storageKinds } from '../../../test/support/instance.js'
import type { TransactionQueries } from '../src/database/database.js'
import { openPostgres } from '../src/database/postgres.js'
import { openSqlite } from '../src/database/sqlite.js'
import { ApiError } from '../src/errors.js'
import { refuseDottedTwin } from '../src/identifications/gmail.js'

describe.each(storageKinds)('Gmail addresses on %s', (kind) => {
  /** A database with users who have these addresses, and the ids of the users. */
  async function start(emailAddresses: string[]) {
    const storage = await freshStorage(kind)
    const instance = await startInstance({ storage })
    const userIds: string[] = []
    for (const address of emailAddresses) {
      userIds.push((await instance.call('POST /users', { json: { email_address: [address] } })).body.id)
    }
    await instance.close()
    if ('databaseUrl' in storage) return { database: await openPostgres(storage.databaseUrl), userIds }
    if ('dataDir' in storage) return { database: openSqlite(`${storage.dataDir}/clerk.sqlite`), userIds }
    throw new Error('nobody else can look into memory')
  }

  const outcomeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'free',
      (error: unknown) => (error instanceof ApiError ? error.problems[0].code : String(error)),
    )

  test('are one address whatever dots are in them, and by either domain; others are not', async () => {
    const { database, userIds } = await start(['a.da@gmail.com', 'b.ob@example.com', 'eve@googlemail.com'])
    const ask = (address: string, userId?: string) =>
      outcomeOf(
        database.queries
          .transaction()
          .execute((transaction) => refuseDottedTwin(transaction, address, Date.now, userId)),
      )
    const outcomes = {
      'ada@gmail.com': 'form_identifier_exists',
      'a.d.a@gmail.com': 'form_identifier_exists',
      'ad.a@googlemail.com': 'form_identifier_exists',
      'adah@gmail.com': 'free',
      'ada+tag@gmail.com': 'free',
      'ada@gmail.com.example.com': 'free',
      'ada@notgmail.com': 'free',
      'bob@example.com': 'free',
      'e.ve@gmail.com': 'form_identifier_exists',
      'evegmailcom@gmail.com': 'free',
    }
    for (const [address, outcome] of Object.entries(outcomes)) {
      expect([address, await ask(address)]).toEqual([address, outcome])
    }
    expect(await ask('ada@gmail.com', userIds[0])).toBe('free')
    expect(await ask('ada@gmail.com', userIds[1])).toBe('form_identifier_exists')
    await database.close()
  })

  test('of two that come at the same moment, one gets in', async () => {
    const { database, userIds } = await start(['one@example.com', 'two@example.com'])
    const give = (address: string, userId: string) =>
      outcomeOf(
        database.queries.transaction().execute(async (transaction) => {
          await refuseDottedTwin(transaction, address, Date.now, userId)
          await insert(transaction, address, userId)
        }),
      )
    for (let round = 0; round < 5; round += 1) {
      const outcomes = await Promise.all([
        give(`eve${round}@gmail.com`, userIds[0] as string),
        give(`e.v.e${round}@gmail.com`, userIds[1] as string),
      ])
      expect(outcomes.sort()).toEqual(['form_identifier_exists', 'free'])
    }
    await database.close()
  })
})

const insert = (transaction: TransactionQueries, value: string, userId: string) =>
  transaction
    .insertInto('identifications')
    .values({
      id: `idn_${value}`,
      user_id: userId,
      type: 'email_address',
      value,
      status: 'verified',
      verification: null,
      reserved_for_second_factor: 0,
      default_second_factor: 0,
      position: 1,
      created_at: 0,
      updated_at: 0,
    })
    .execute()
