import { createHash } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { Database } from '../database/database.js'
import { ApiError } from '../errors.js'
import { networkOf } from './client-address.js'
import type { RateLimitName, RateLimitSettings } from './rate-limit-settings.js'

/** What requests of a route count together by. */
interface Asked {
  params: Record<string, string>
  /** Where it came from, of the Frontend API. */
  ipAddress?: string | undefined
}

type By = (asked: Asked) => string | undefined

const byUser: By = ({ params }) => params['user_id']
const byNetwork: By = ({ ipAddress }) => ipAddress && networkOf(ipAddress)

/** The routes with a limit of their own, and what tells those apart who ask, unless they all count together. */
const limitedRoutes: Readonly<Record<string, { limit: RateLimitName; by?: By }>> = {
  'POST /invitations': { limit: 'invitations' },
  'POST /invitations/bulk': { limit: 'bulk-invitations' },
  'PATCH /users/{user_id}': { limit: 'user-updates', by: byUser },
  'PATCH /users/{user_id}/metadata': { limit: 'user-updates', by: byUser },
  'PUT /users/{user_id}/metadata': { limit: 'user-updates', by: byUser },
  'POST /client': { limit: 'browsers', by: byNetwork },
  'PUT /client': { limit: 'browsers', by: byNetwork },
  'POST /client/sign_ups': { limit: 'sign-ups', by: byNetwork },
  'PATCH /client/sign_ups/{sign_up_id}': { limit: 'sign-up-steps', by: byNetwork },
  'POST /client/sign_ups/{sign_up_id}/prepare_verification': { limit: 'sign-up-steps', by: byNetwork },
  'POST /client/sign_ups/{sign_up_id}/attempt_verification': { limit: 'sign-up-attempts', by: byNetwork },
  'POST /client/sign_ins': { limit: 'sign-ins', by: byNetwork },
  'POST /client/sign_ins/{sign_in_id}/prepare_first_factor': { limit: 'sign-in-steps', by: byNetwork },
  'POST /client/sign_ins/{sign_in_id}/prepare_second_factor': { limit: 'sign-in-steps', by: byNetwork },
  'POST /client/sign_ins/{sign_in_id}/reset_password': { limit: 'sign-in-steps', by: byNetwork },
  'POST /client/sign_ins/{sign_in_id}/attempt_first_factor': { limit: 'sign-in-attempts', by: byNetwork },
  'POST /client/sign_ins/{sign_in_id}/attempt_second_factor': { limit: 'sign-in-attempts', by: byNetwork },
  'POST /me/email_addresses': { limit: 'additions', by: byNetwork },
  'POST /me/phone_numbers': { limit: 'additions', by: byNetwork },
}

export interface RateLimiters {
  /** Counts every request but those for the key set; none where there is no such limit. */
  perKey: readonly MiddlewareHandler[]
  /** Puts the limits of single routes in front of their handlers. */
  guard<Table extends object>(handlers: Table): Table
}

/** Counts requests where every server that shares the database sees the counts. */
export function createRateLimiters(limits: RateLimitSettings, database: Database): RateLimiters {
  const names = Object.keys(limits) as RateLimitName[]
  const limiters = new Map(
    names.flatMap((name) => {
      const limit = limits[name]
      return limit === 'off' ? [] : [[name, database.rateLimits.limiter(name, limit)] as const]
    }),
  )

  async function take(name: RateLimitName, who: string): Promise<void> {
    const retryAfter = await limiters.get(name)?.take(fingerprint(who))
    if (retryAfter) throw new ApiError('too_many_requests', { retryAfter })
  }

  const perKey: MiddlewareHandler = async (c, next) => {
    if (c.req.path !== '/v1/jwks') await take('api', secretOf(c.req.header('authorization') ?? ''))
    await next()
  }

  return {
    perKey: limiters.has('api') ? [perKey] : [],

    guard<Table extends object>(handlers: Table): Table {
      const guarded = Object.entries(handlers as AnyHandlers).map(([key, handler]): [string, AnyHandler] => {
        const limited = limitedRoutes[key]
        if (!limited) return [key, handler]
        const guardedHandler: AnyHandler = async (input, info) => {
          await take(limited.limit, limited.by?.({ params: input.params, ipAddress: info.ipAddress }) ?? '')
          return handler(input, info)
        }
        return [key, guardedHandler]
      })
      return Object.fromEntries(guarded) as Table
    },
  }
}

/** What both spellings of a key have in common, however the header is written. */
const secretOf = (authorization: string) => authorization.split('_').at(-1) as string

type AnyHandler = (input: Pick<Asked, 'params'>, info: Pick<Asked, 'ipAddress'>) => unknown
type AnyHandlers = Record<string, AnyHandler>

/** Neither keys nor whatever else somebody sends are kept as they are. */
const fingerprint = (who: string) => createHash('sha256').update(who).digest('base64url')
