import { sql } from 'kysely'
import type { Pool } from 'pg'
import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import { madeOnce } from '../made-once.js'
import type { RateLimit } from '../options.js'
import type { RateLimiter, RateLimits } from './database.js'

type Library = typeof import('rate-limiter-flexible')

/** One process has the database to itself, and counts in memory. */
export const rateLimitsInMemory: RateLimits = {
  create: async () => {},
  limiter: (name, limit) => limiter(({ RateLimiterMemory }) => new RateLimiterMemory(options(name, limit))),
}

/** Servers that share a database count in a table of it. */
export const rateLimitsInPostgres = (pool: Pool): RateLimits => ({
  async create(queries) {
    // The columns are the library's. What a crash loses of them is not missed, so they are spared the log of writes.
    await sql`
      create unlogged table rate_limits (key varchar(255) primary key, points integer not null default 0, expire bigint)
    `.execute(queries)
  },
  limiter: (name, limit) =>
    limiter(
      ({ RateLimiterPostgres }) =>
        new RateLimiterPostgres({
          ...options(name, limit),
          storeClient: pool,
          storeType: 'pool',
          tableName: 'rate_limits',
          tableCreated: true,
          // Who is over the limit is told so without asking the database again.
          inMemoryBlockOnConsumed: limit.requests,
        }),
    ),
})

const options = (keyPrefix: string, { requests, seconds }: RateLimit) => ({
  keyPrefix,
  points: requests,
  duration: seconds,
})

/** The library is loaded at the first request, so that no start waits for it. */
function limiter(make: (library: Library) => RateLimiterAbstract): RateLimiter {
  const made = madeOnce(async () => make(await import('rate-limiter-flexible')))
  return {
    async take(who) {
      try {
        await (await made()).consume(who)
        return 0
      } catch (refusal) {
        // It rejects with an error when it could not count, and with what it counted when that was too much.
        if (refusal instanceof Error) throw refusal
        return Math.max(1, Math.ceil(((refusal as RateLimiterRes).msBeforeNext ?? 0) / 1000))
      }
    },
  }
}
