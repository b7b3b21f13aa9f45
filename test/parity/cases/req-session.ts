import { expect, vi } from 'vitest'
import type { Case, Differs } from '../case.js'
import { absent } from '../difference.js'
import { type Guard, guardOf } from '../middleware.js'
import { described } from '../observation.js'
import type { Subject } from '../subjects.js'
import { claiming, keySet } from '../tokens.js'

type Seen = Record<string, unknown>

interface Way {
  request: object
  /** The middleware, in its order. Default: one that lets everybody pass. `other` is an instance that knows nobody. */
  guards?: (clerk: Guard, other: Guard) => ReturnType<Guard['expressWithSession']>[]
  /** What is looked at, of the request behind it. Default: the session and its claims. */
  see?: (subject: Subject, req: Seen) => object
}

const sessionOf = (subject: Subject, { session, sessionClaims }: Seen): object => ({
  session: described(subject, session),
  claims: Object.keys(sessionClaims ?? {}),
})

function isThere(_: Subject, { session }: Seen): object {
  return { isThere: session !== undefined }
}

const authOf = (_: Subject, { auth }: Seen): object => ({
  auth: Object.keys(auth ?? {})
    .sort()
    .join(),
})

/** What is on a request behind middleware, and how often the process is warned meanwhile. */
const passing = (title: string, { request, guards, see = sessionOf }: Way, differs: Differs = {}): Case => ({
  title,
  observe: async (subject, recorder) => {
    const other = Object.assign(guardOf(subject, recorder, {}), { verifyToken: refuse })
    const clerk = guardOf(subject, recorder, { keys: keySet })
    const req: Seen = { ...request }
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    for (const guard of guards?.(clerk, other) ?? [clerk.expressWithSession()]) {
      await guard(req as never, {} as never, () => {})
    }
    const warnings = warn.mock.calls.length
    warn.mockRestore()
    return { ...see(subject, req), warnings }
  },
  differs,
})

const refuse = (): Promise<never> => Promise.reject(new Error('nobody'))

const bearer = (claims: object = {}): object => ({ headers: { authorization: `Bearer ${claiming(claims)}` } })
const signedOut = { headers: {} }
const foreign = { session: { cart: ['shoes'] } }
const claims = ['iss', 'sub', 'sid', 'iat', 'exp']

const signedOutNow = (missing: string): Differs => ({
  namelessToken: {
    session: [expect.objectContaining({ '(class)': 'Session' }), undefined],
    ...Object.fromEntries(
      claims.filter((name) => name !== missing).map((name, index) => [`claims.${index}`, [name, absent]]),
    ),
  },
})

const sessions: Case[] = [
  passing('req.session and req.sessionClaims of somebody signed in', { request: bearer() }),
  passing('req.session and req.sessionClaims of somebody signed out', { request: signedOut }),
  passing(
    'req.session that another package set, for somebody signed out',
    { request: { ...signedOut, ...foreign } },
    { foreignSessionStays: { warnings: [0, 1] } },
  ),
  passing(
    'req.session that another package set, for somebody signed in',
    { request: { ...bearer(), ...foreign } },
    { foreignSession: { warnings: [0, 1] } },
  ),
  passing('a token without sub', { request: bearer({ sub: undefined }) }, signedOutNow('sub')),
  passing('a token without sid', { request: bearer({ sid: undefined }) }, signedOutNow('sid')),
  passing(
    'req.session behind two instances, of which the second knows nobody',
    {
      request: bearer(),
      guards: (clerk, other) => [clerk.expressWithSession(), other.expressWithSession()],
      see: isThere,
    },
    { earlierSession: { isThere: [true, false] } },
  ),
  passing(
    'another instance in the options',
    {
      request: bearer(),
      guards: (clerk, other) => [other.expressWithSession({ clerk })],
      see: isThere,
    },
    { otherInstance: { isThere: [false, true] } },
  ),
]

const auths: Case[] = [
  passing(
    'req.auth of somebody signed in',
    { request: bearer(), see: authOf },
    { auth: { auth: ['', 'claims,getToken,sessionId,userId'] } },
  ),
  passing(
    'req.auth that another package set',
    { request: { ...signedOut, auth: { user: 'somebody' } }, see: authOf },
    { foreignAuth: { auth: ['user', expect.stringContaining('userId')], warnings: [0, 1] } },
  ),
]

export const reqSessionCases: Case[] = [...sessions, ...auths]
