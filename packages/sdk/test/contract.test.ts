import type { Backend, InvitationJSON, RouteRequest, SessionJSON, UserJSON } from '@clerk-server/contract'
import type express from 'express'
import { expectTypeOf, test } from 'vitest'
import type { CreateAllowlistIdentifierParams } from '../src/allowlist-identifiers/params.js'
import type { CreateBlocklistIdentifierParams } from '../src/blocklist-identifiers/params.js'
import type { Clerk } from '../src/clerk.js'
import type { EmailAddress } from '../src/email-addresses/email-address.js'
import type { CreateEmailAddressParams, UpdateEmailAddressParams } from '../src/email-addresses/params.js'
import type { CreateEmailParams } from '../src/emails/params.js'
import type { CreateInvitationParams, InvitationListParams } from '../src/invitations/params.js'
import type { RequireSessionProp, WithSessionProp } from '../src/middleware/props.js'
import type { CreatePhoneNumberParams, UpdatePhoneNumberParams } from '../src/phone-numbers/params.js'
import type { CreateSessionParams, SessionListParams, TokenParams } from '../src/sessions/params.js'
import type { Session } from '../src/sessions/session.js'
import type { Token } from '../src/sessions/token.js'
import type { CreateSignInTokenParams } from '../src/sign-in-tokens/params.js'
import type { CreateSMSMessageParams } from '../src/sms-messages/params.js'
import type { Resource } from '../src/transport/deserialize.js'
import type { PageParams } from '../src/transport/pages.js'
import type { Request } from '../src/transport/request.js'
import type {
  CreateUserParams,
  UpdateUserParams,
  UserCountParams,
  UserListParams,
  UserMetadataParams,
  VerifyPasswordParams,
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

/** Filters of users that the server serves and that the SDK has no parameter for. */
type ServerOnlyFilter =
  | 'web3_wallet'
  | 'organization_id'
  | 'provider'
  | 'provider_user_id'
  | 'query'
  | `${'email_address' | 'phone_number' | 'username' | 'name'}_query`
  | 'banned'
  | `${'created_at' | 'last_active_at' | 'last_sign_in_at'}_${'before' | 'after'}`
  | 'last_active_at_since'

test('every parameter of the contract can be given, and no other', () => {
  expectTypeOf<Wire<CreateUserParams>>().toEqualTypeOf<Body<'POST /users'>>()
  expectTypeOf<Wire<UpdateUserParams>>().toEqualTypeOf<Body<'PATCH /users/{user_id}'>>()
  expectTypeOf<Wire<UserMetadataParams>>().toEqualTypeOf<Body<'PATCH /users/{user_id}/metadata'>>()
  expectTypeOf<Wire<UserListParams>>().toEqualTypeOf<
    Exclude<Query<'GET /users'>, ServerOnlyFilter | 'starting_after'>
  >()
  expectTypeOf<Wire<UserCountParams>>().toEqualTypeOf<Exclude<Query<'GET /users/count'>, ServerOnlyFilter>>()
  expectTypeOf<Wire<CreateSessionParams>>().toEqualTypeOf<Body<'POST /sessions'>>()
  expectTypeOf<Wire<TokenParams>>().toEqualTypeOf<Body<'POST /sessions/{session_id}/tokens'>>()
  expectTypeOf<Wire<VerifyPasswordParams>>().toEqualTypeOf<'user_id' | Body<'POST /users/{user_id}/verify_password'>>()
  expectTypeOf<Wire<CreateEmailAddressParams>>().toEqualTypeOf<Body<'POST /email_addresses'>>()
  expectTypeOf<Wire<UpdateEmailAddressParams>>().toEqualTypeOf<Body<'PATCH /email_addresses/{email_address_id}'>>()
  expectTypeOf<Wire<CreatePhoneNumberParams>>().toEqualTypeOf<Body<'POST /phone_numbers'>>()
  expectTypeOf<Wire<UpdatePhoneNumberParams>>().toEqualTypeOf<Body<'PATCH /phone_numbers/{phone_number_id}'>>()
  expectTypeOf<Wire<CreateInvitationParams>>().toEqualTypeOf<Body<'POST /invitations'>>()
  expectTypeOf<Wire<CreateAllowlistIdentifierParams>>().toEqualTypeOf<Body<'POST /allowlist_identifiers'>>()
  expectTypeOf<Wire<CreateBlocklistIdentifierParams>>().toEqualTypeOf<Body<'POST /blocklist_identifiers'>>()
  expectTypeOf<Wire<CreateSignInTokenParams>>().toEqualTypeOf<Body<'POST /sign_in_tokens'>>()
  expectTypeOf<Wire<CreateEmailParams>>().toEqualTypeOf<Body<'POST /emails'>>()
  expectTypeOf<Wire<CreateSMSMessageParams>>().toEqualTypeOf<Body<'POST /sms_messages'>>()
  // `paginated` would change the shape of the answer, and the list is the same without it.
  expectTypeOf<Wire<SessionListParams>>().toEqualTypeOf<Exclude<Query<'GET /sessions'>, 'paginated'>>()
  expectTypeOf<Wire<InvitationListParams>>().toEqualTypeOf<Exclude<Query<'GET /invitations'>, 'paginated'>>()
  expectTypeOf<Wire<PageParams>>().toEqualTypeOf<Exclude<Query<'GET /clients'>, 'paginated'>>()
  expectTypeOf<Wire<PageParams>>().toEqualTypeOf<Exclude<Query<'GET /allowlist_identifiers'>, 'paginated'>>()
})

test('the values of the list parameters are those of the contract', () => {
  type Order = NonNullable<UserListParams['orderBy']>
  expectTypeOf<Order>().toEqualTypeOf<NonNullable<Backend['GET /users']['query']['_zod']['output']['order_by']>>()
  expectTypeOf<NonNullable<SessionListParams['status']>>().toEqualTypeOf<SessionJSON['status']>()
  type InvitationOrder = NonNullable<InvitationListParams['orderBy']>
  type InvitationQuery = Backend['GET /invitations']['query']['_zod']['output']
  expectTypeOf<InvitationOrder>().toEqualTypeOf<NonNullable<InvitationQuery['order_by']>>()
  expectTypeOf<NonNullable<InvitationListParams['status']>>().toEqualTypeOf<InvitationJSON['status']>()
})

test('what a route answers decides what a call gives', () => {
  expectTypeOf<Resource<UserJSON[]>>().toEqualTypeOf<User[]>()
  expectTypeOf<Resource<SessionJSON[] | { data: SessionJSON[]; total_count: number }>>().toEqualTypeOf<Session[]>()
  expectTypeOf<Resource<{ object: 'total_count'; total_count: number }>>().toEqualTypeOf<number>()
  expectTypeOf<Resource<{ object: 'token'; jwt: string }>>().toEqualTypeOf<Token>()
  expectTypeOf<Resource<{ object: 'email_address'; id: string; deleted: true }>>().toEqualTypeOf<EmailAddress>()
  expectTypeOf<Resource<{ verified: true }>>().toEqualTypeOf<{ verified: true }>()
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

test('a list can be walked with for await', () => {
  const walk = async ({ users, blocklistIdentifiers }: Clerk) => {
    for await (const user of users.list({ limit: 5 }, {})) expectTypeOf(user).toEqualTypeOf<User>()
    for await (const { identifier } of blocklistIdentifiers.list()) expectTypeOf(identifier).toEqualTypeOf<string>()
    // @ts-expect-error: there is no such order
    users.list({ orderBy: 'shoe_size' })
  }
  expectTypeOf(walk).toBeFunction()
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
