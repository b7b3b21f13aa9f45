import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type express from 'express'
import type express4 from 'express-4'
import { expectTypeOf, test } from 'vitest'
import type { Clerk } from '../../src/clerk.js'
import type { HttpError } from '../../src/errors.js'
import type { AuthObject } from '../../src/middleware/auth.js'
import type {
  RequireAuthProp,
  RequireSessionClaimsProp,
  RequireSessionProp,
  WithAuthProp,
  WithSessionClaimsProp,
  WithSessionProp,
} from '../../src/middleware/props.js'
import type { Session } from '../../src/sessions/session.js'

// What is checked here is checked by the compiler; running it does nothing.

/** What Next.js calls so, as far as it matters: nobody needs it installed. */
interface NextApiRequest extends IncomingMessage {
  query: Partial<Record<string, string | string[]>>
  cookies: Partial<Record<string, string>>
  body: unknown
}
type NextApiResponse<Data = unknown> = ServerResponse & {
  json: (body: Data) => void
  status: (code: number) => NextApiResponse<Data>
}
type NextApiHandler<Data = unknown> = (req: NextApiRequest, res: NextApiResponse<Data>) => unknown | Promise<unknown>

declare const clerk: Clerk

const check = (_types: () => void) => {}

test('a guarded handler is one of Next.js, whatever props its request has', () => {
  check(() => {
    expectTypeOf(
      clerk.withSession((_req: WithSessionProp<NextApiRequest>, _res: NextApiResponse) => {}),
    ).toExtend<NextApiHandler>()
    expectTypeOf(
      clerk.requireSession(async (req: RequireSessionProp<NextApiRequest>, res: NextApiResponse<string>) =>
        res.status(200).json(req.session.userId),
      ),
    ).toExtend<NextApiHandler<string>>()
    expectTypeOf(
      clerk.requireSession(
        (_req: RequireSessionClaimsProp<RequireSessionProp<NextApiRequest>>, _res: NextApiResponse) => {},
      ),
    ).toExtend<NextApiHandler>()
    expectTypeOf(
      clerk.withSession((_req: WithSessionClaimsProp<WithSessionProp<NextApiRequest>>, _res: NextApiResponse) => {}),
    ).toExtend<NextApiHandler>()
    expectTypeOf(
      clerk.withAuth((_req: WithAuthProp<NextApiRequest>, _res: NextApiResponse) => {}),
    ).toExtend<NextApiHandler>()
    expectTypeOf(
      clerk.requireAuth((_req: RequireAuthProp<NextApiRequest>, _res: NextApiResponse) => {}),
    ).toExtend<NextApiHandler>()
    expectTypeOf(clerk.withSession((_req: NextApiRequest, _res: NextApiResponse) => {})).toExtend<NextApiHandler>()
  })
})

test('a guarded handler is one of node:http, and its request needs no type', () => {
  check(() => {
    expectTypeOf(
      clerk.withSession((_req: WithSessionProp<IncomingMessage>, _res: ServerResponse) => {}),
    ).toExtend<RequestListener>()
    clerk.withSession((req, res) => {
      expectTypeOf(req.session).toEqualTypeOf<Session | undefined>()
      expectTypeOf(res).toEqualTypeOf<ServerResponse>()
    })
    clerk.requireSession((req) => expectTypeOf(req.session).toEqualTypeOf<Session>())
    clerk.withAuth((req) => expectTypeOf(req.auth).toEqualTypeOf<AuthObject>())
    clerk.requireAuth((req) => expectTypeOf(req.auth.userId).toEqualTypeOf<string>())
  })
})

test('a guarded handler and middleware are handlers of Express', () => {
  check(() => {
    expectTypeOf(
      clerk.requireSession((_req: RequireSessionProp<express.Request>, _res: express.Response) => {}),
    ).toExtend<express.RequestHandler>()
    expectTypeOf(
      clerk.requireSession(
        (_req: RequireSessionProp<express.Request>, _res: express.Response, next: express.NextFunction) => next(),
      ),
    ).toExtend<express.RequestHandler>()
    expectTypeOf(
      clerk.requireAuth(async (_req: RequireAuthProp<express4.Request>, res: express4.Response) => res.json({})),
    ).toExtend<express4.RequestHandler>()
    for (const method of [
      'expressWithSession',
      'expressRequireSession',
      'expressWithAuth',
      'expressRequireAuth',
    ] as const) {
      expectTypeOf(clerk[method]()).toExtend<express.RequestHandler>()
      expectTypeOf(clerk[method]()).toExtend<express4.RequestHandler>()
    }
  })
})

test('a guarded handler takes requests that nothing is on yet, and gives what it gives', () => {
  check(() => {
    const guarded = clerk.requireAuth(async (_req: RequireAuthProp<{ headers: object }>, _res: object) => 5)
    expectTypeOf(guarded({ headers: {} }, {})).toEqualTypeOf<Promise<number | undefined>>()
    // @ts-expect-error: a request has headers
    void guarded({}, {})
  })
})

test('userId tells who is signed in from who is not', () => {
  check(() => {
    const { auth } = {} as WithAuthProp<object>
    expectTypeOf(auth.getToken).toExtend<() => Promise<string | null>>()
    if (auth.userId === null) expectTypeOf(auth.reason).toExtend<string>()
    else expectTypeOf(auth.claims.sub).toEqualTypeOf<string | undefined>()
  })
})

test('options may be left out or be null, and onError may take errors of a certain class only', () => {
  check(() => {
    clerk.expressWithSession()
    clerk.expressWithSession(null)
    clerk.expressWithSession({ onError: null, clerk: null, interstitial: null })
    clerk.expressWithSession({ onError: (error: HttpError) => error, clerk, interstitial: 'refresh' })
    clerk.expressWithSession({ onError: async (error) => error.message, authorizedParties: ['https://a.com'] })
    // @ts-expect-error: there is no such choice
    clerk.expressWithSession({ interstitial: 'never' })
    // @ts-expect-error: not a list
    clerk.expressWithSession({ authorizedParties: 'https://a.com' })
  })
})
