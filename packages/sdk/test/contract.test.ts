import type { Backend, RouteRequest, SessionJSON, UserJSON } from '@clerk-server/contract'
import type express from 'express'
import { expectTypeOf, test } from 'vitest'
import type { Clerk } from '../src/clerk.js'
import type { RequireSessionProp, WithSessionProp } from '../src/middleware/props.js'
import type { CreateSessionParams, SessionListParams, TokenParams } from '../src/sessions/params.js'
import type { Session } from '../src/sessions/session.js'
import type { Token } from '../src/sessions/token.js'
import type { Resource } from '../src/transport/deserialize.js'
import type { Request } from '../src/transport/request.js'
import type {
  CreateUserParams,
  UpdateUserParams,
  UserCountParams,
  UserListParams,
  UserMetadataParams,
} from '../src/users/params.js'
import type { User } from '../src/users/user.js'

// What is checked here is checked by the compiler; running it does nothing.

type Capital =
  | 'A'
  | 'B'
  | 'C'
  | 'D'
  | 'E'
  | 'F'
  | 'G'
  | 'H'
  | 'I'
  | 'J'
  | 'K'
  | 'L'
  | 'M'
  | 'N'
  | 'O'
  | 'P'
  | 'Q'
  | 'R'
  | 'S'
  | 'T'
  | 'U'
  | 'V'
  | 'W'
  | 'X'
  | 'Y'
  | 'Z'

/** `emailAddress` → `email_address`, for names whose capitals stand alone. */
type Snake<Name> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Capital ? `_${Lowercase<First>}` : First}${Snake<Rest>}`
  : Name

/** The names on the wire of a call's parameters, without its other spellings. */
type Wire<Params> = Snake<Exclude<keyof Params, `${string}ID`>>

type Body<Key extends keyof Backend> =
  RouteRequest<Backend, Key, 'input'> extends { body: infer Schema } ? keyof Schema : never
type Query<Key extends keyof Backend> =
  RouteRequest<Backend, Key, 'input'> extends { query: infer Schema } ? keyof Schema : never

test('every parameter of the contract can be given, and no other', () => {
  expectTypeOf<Wire<CreateUserParams>>().toEqualTypeOf<Body<'POST /users'>>()
  expectTypeOf<Wire<UpdateUserParams>>().toEqualTypeOf<Body<'PATCH /users/{user_id}'>>()
  expectTypeOf<Wire<UserMetadataParams>>().toEqualTypeOf<Body<'PATCH /users/{user_id}/metadata'>>()
  expectTypeOf<Wire<UserListParams>>().toEqualTypeOf<Query<'GET /users'>>()
  expectTypeOf<Wire<UserCountParams>>().toEqualTypeOf<Query<'GET /users/count'>>()
  expectTypeOf<Wire<CreateSessionParams>>().toEqualTypeOf<Body<'POST /sessions'>>()
  expectTypeOf<Wire<TokenParams>>().toEqualTypeOf<Body<'POST /sessions/{session_id}/tokens'>>()
  // `paginated` would change the shape of the answer, and the list is the same without it.
  expectTypeOf<Wire<SessionListParams>>().toEqualTypeOf<Exclude<Query<'GET /sessions'>, 'paginated'>>()
})

test('the values of the list parameters are those of the contract', () => {
  type Order = NonNullable<UserListParams['orderBy']>
  expectTypeOf<Order>().toEqualTypeOf<NonNullable<Backend['GET /users']['query']['_zod']['output']['order_by']>>()
  expectTypeOf<NonNullable<SessionListParams['status']>>().toEqualTypeOf<SessionJSON['status']>()
})

test('what a route answers decides what a call gives', () => {
  expectTypeOf<Resource<UserJSON[]>>().toEqualTypeOf<User[]>()
  expectTypeOf<Resource<SessionJSON[] | { data: SessionJSON[]; total_count: number }>>().toEqualTypeOf<Session[]>()
  expectTypeOf<Resource<{ object: 'total_count'; total_count: number }>>().toEqualTypeOf<number>()
  expectTypeOf<Resource<{ object: 'token'; jwt: string }>>().toEqualTypeOf<Token>()
  expectTypeOf<Resource<{ object: 'something_new' }>>().toEqualTypeOf<never>()
})

test('a call that the contract does not have does not compile', () => {
  const calls = (request: Request) => [
    // @ts-expect-error the route is misspelt
    request('GET /user/{user_id}', { params: { user_id: 'u' } }),
    // @ts-expect-error the parameter is misspelt
    request('GET /users/{user_id}', { params: { userId: 'u' } }),
    // @ts-expect-error the parameter is missing
    request('GET /users/{user_id}', {}),
    // @ts-expect-error there is no parameter
    request('GET /users', { params: { user_id: 'u' } }),
  ]
  expectTypeOf(calls).toBeFunction()
})

test('the middleware fits where Express takes a handler', () => {
  const mount = (app: express.Express, clerk: Clerk) => {
    app.use(clerk.expressWithSession())
    app.use('/private', clerk.expressRequireSession({ onError: async (error) => error }))
    app.get('/x', clerk.expressWithSession(), (req: WithSessionProp<express.Request>, res) => {
      res.send(req.session?.userId)
    })
    app.get('/y', clerk.expressRequireSession(), (req, res) => {
      res.send((req as RequireSessionProp<express.Request>).session.userId)
    })
  }
  expectTypeOf(mount).toBeFunction()
  type Handler4 = (req: express.Request, res: express.Response, next: express.NextFunction) => void
  expectTypeOf<ReturnType<Clerk['expressWithSession']>>().toExtend<Handler4>()
})
