import { expect } from 'vitest'
import { openApplication } from './application.js'
import type { ClientTable } from './client-table.js'
import { phoneNumber } from './stage.js'

type Answer = Promise<Record<string, unknown>>
type Answers = Promise<Record<string, unknown>[]>
type Guard = (...given: unknown[]) => unknown

/** Version 2.6.3, by what it documents. */
interface Original {
  allowlistIdentifiers: {
    getAllowlistIdentifierList(): Answers
    createAllowlistIdentifier(params: object): Answer
    deleteAllowlistIdentifier(id: string): Answer
  }
  clients: { getClientList(): Answers; getClient(id: string): Answer; verifyClient(token: string): Answer }
  emails: { createEmail(params: object): Answer }
  invitations: {
    getInvitationList(): Answers
    createInvitation(params: object): Answer
    revokeInvitation(id: string): Answer
  }
  sessions: {
    getSessionList(params?: object): Answers
    getSession(id: string): Answer
    revokeSession(id: string): Answer
    verifySession(id: string, token: string): Answer
  }
  smsMessages: { createSMSMessage(params: object): Answer }
  users: {
    getUserList(params?: object): Answers
    getUser(id: string): Answer
    createUser(params: object): Answer
    updateUser(id: string, params: object): Answer
    deleteUser(id: string): Answer
  }
  decodeToken(token: string): object
  verifyToken(token: string): Answer
  defaultOnError(error: Error): unknown
  strictOnError(error: Error): unknown
  expressWithSession(): Guard
  expressRequireSession(): Guard
  withSession(handler: Guard): Guard
  requireSession(handler: Guard): Guard
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

const sessionOf = (req: { session?: unknown }) => req.session ?? null

/** A resource of the client's own class, with these fields and values. */
function expectResource(resource: unknown, kind: string, fields: object): void {
  expect((resource as object).constructor.name).toBe(kind)
  expect(resource).toMatchObject(fields)
}

/** What a Next handler would be, wrapped by `withSession` or `requireSession`. */
const tellSession: Guard = (req, res) =>
  (res as { json(body: object): unknown }).json({ auth: sessionOf(req as never) })

export const original: ClientTable<Original> = {
  served: {
    'allowlistIdentifiers.getAllowlistIdentifierList': {
      operations: ['GET /allowlist_identifiers'],
      async run({ clerk, unique }) {
        const identifier = `${unique()}@example.com`
        const { id } = await clerk.allowlistIdentifiers.createAllowlistIdentifier({ identifier, notify: false })
        const found = (await clerk.allowlistIdentifiers.getAllowlistIdentifierList()).find((one) => one['id'] === id)
        expectResource(found, 'AllowlistIdentifier', { identifier, createdAt: expect.any(Number) })
      },
    },
    'allowlistIdentifiers.createAllowlistIdentifier': {
      operations: ['POST /allowlist_identifiers'],
      async run({ clerk, unique }) {
        const identifier = `*.${unique()}.example.com`
        const params = { identifier, notify: false }
        const created = await clerk.allowlistIdentifiers.createAllowlistIdentifier(params)
        expectResource(created, 'AllowlistIdentifier', { id: expect.stringMatching(/^alid_/), identifier })
        await expect(clerk.allowlistIdentifiers.createAllowlistIdentifier(params)).rejects.toMatchObject({
          statusCode: 400,
          data: [{ code: 'duplicate_record' }],
        })
      },
    },
    'allowlistIdentifiers.deleteAllowlistIdentifier': {
      operations: ['DELETE /allowlist_identifiers/{identifier_id}'],
      async run({ clerk, unique }) {
        const identifier = `${unique()}@example.com`
        const { id } = await clerk.allowlistIdentifiers.createAllowlistIdentifier({ identifier, notify: false })
        const deleted = await clerk.allowlistIdentifiers.deleteAllowlistIdentifier(String(id))
        expectResource(deleted, 'AllowlistIdentifier', { id })
      },
    },
    'clients.getClientList': {
      operations: ['GET /clients'],
      async run({ clerk, visitor }) {
        const { session } = await visitor()
        const [newest] = await clerk.clients.getClientList()
        expectResource(newest, 'Client', { id: session.client_id, sessionIds: [session.id] })
      },
    },
    'clients.getClient': {
      operations: ['GET /clients/{client_id}'],
      async run({ clerk, visitor }) {
        const { session } = await visitor()
        const client = await clerk.clients.getClient(session.client_id)
        expectResource(client, 'Client', { id: session.client_id, lastActiveSessionId: session.id })
        expectResource((client['sessions'] as object[])[0], 'Session', { id: session.id, status: 'active' })
      },
    },
    'clients.verifyClient': {
      operations: ['POST /clients/verify'],
      async run({ clerk, visitor }) {
        const { session, token } = await visitor()
        expectResource(await clerk.clients.verifyClient(token), 'Client', { id: session.client_id })
      },
    },
    'emails.createEmail': {
      operations: ['POST /emails'],
      async run({ clerk, person }) {
        const [address] = (await person()).email_addresses
        const params = { fromEmailName: 'sales', subject: 'An offer', body: 'Hello', emailAddressId: address?.id }
        expectResource(await clerk.emails.createEmail(params), 'Email', {
          ...params,
          id: expect.stringMatching(/^ema_/),
          toEmailAddress: address?.email_address,
          status: expect.stringMatching(/^(queued|submitted)$/),
        })
      },
    },
    'invitations.getInvitationList': {
      operations: ['GET /invitations'],
      async run({ clerk, unique }) {
        const emailAddress = `${unique()}@example.com`
        const { id } = await clerk.invitations.createInvitation({ emailAddress })
        const [newest] = await clerk.invitations.getInvitationList()
        expectResource(newest, 'Invitation', { id, emailAddress })
      },
    },
    'invitations.createInvitation': {
      operations: ['POST /invitations'],
      async run({ clerk, unique }) {
        const emailAddress = `${unique()}@example.com`
        const params = { emailAddress, publicMetadata: { plan: 'pro' }, redirectUrl: 'https://app.example.com/in' }
        expectResource(await clerk.invitations.createInvitation(params), 'Invitation', {
          id: expect.stringMatching(/^inv_/),
          emailAddress,
          createdAt: expect.any(Number),
        })
        await expect(clerk.invitations.createInvitation(params)).rejects.toMatchObject({
          statusCode: 400,
          data: [{ code: 'duplicate_record' }],
        })
      },
    },
    'invitations.revokeInvitation': {
      operations: ['POST /invitations/{invitation_id}/revoke'],
      async run({ clerk, unique }) {
        const { id } = await clerk.invitations.createInvitation({ emailAddress: `${unique()}@example.com` })
        expectResource(await clerk.invitations.revokeInvitation(String(id)), 'Invitation', { id })
        await expect(clerk.invitations.revokeInvitation(String(id))).rejects.toMatchObject({
          statusCode: 400,
          data: [{ code: 'invitation_already_revoked' }],
        })
      },
    },
    'sessions.getSessionList': {
      operations: ['GET /sessions'],
      async run({ clerk, visitor }) {
        const { user, session } = await visitor()
        await visitor()
        const list = await clerk.sessions.getSessionList({ userId: user.id, clientId: session.client_id })
        expect(list).toHaveLength(1)
        expectResource(list[0], 'Session', { id: session.id, userId: user.id, status: 'active' })
        expect((await clerk.sessions.getSessionList()).length).toBeGreaterThan(1)
      },
    },
    'sessions.getSession': {
      operations: ['GET /sessions/{session_id}'],
      async run({ clerk, visitor }) {
        const { user, session } = await visitor()
        expectResource(await clerk.sessions.getSession(session.id), 'Session', {
          id: session.id,
          clientId: session.client_id,
          userId: user.id,
          status: 'active',
          lastActiveAt: session.last_active_at,
          expireAt: session.expire_at,
          abandonAt: session.abandon_at,
        })
      },
    },
    'sessions.revokeSession': {
      operations: ['POST /sessions/{session_id}/revoke'],
      async run({ clerk, visitor }) {
        const { session } = await visitor()
        expectResource(await clerk.sessions.revokeSession(session.id), 'Session', { status: 'revoked' })
      },
    },
    'sessions.verifySession': {
      operations: ['POST /sessions/{session_id}/verify'],
      async run({ clerk, visitor }) {
        const { session, token } = await visitor()
        expectResource(await clerk.sessions.verifySession(session.id, token), 'Session', { id: session.id })
        await expect(clerk.sessions.verifySession(session.id, 'no token')).rejects.toMatchObject({
          statusCode: 400,
          data: [{ code: 'invalid_session_token' }],
        })
      },
    },
    'smsMessages.createSMSMessage': {
      operations: ['POST /sms_messages'],
      async run({ clerk, person }) {
        const [number] = (await person()).phone_numbers
        const params = { message: 'Hello', phoneNumberId: number?.id }
        expectResource(await clerk.smsMessages.createSMSMessage(params), 'SMSMessage', {
          ...params,
          toPhoneNumber: number?.phone_number,
        })
      },
    },
    'users.getUserList': {
      operations: ['GET /users'],
      async run({ clerk, person }) {
        const [first, second] = [await person(), await person()]
        const emailAddress = [first, second].flatMap((user) => user.email_addresses[0]?.email_address ?? [])
        const list = await clerk.users.getUserList({ emailAddress, orderBy: '+created_at' })
        expect(list.map(({ id }) => id)).toEqual([first.id, second.id])
        expectResource(list[0], 'User', { id: first.id, firstName: 'Ada' })
        const rest = await clerk.users.getUserList({ emailAddress, orderBy: '-created_at', limit: 1, offset: 1 })
        expect(rest.map(({ id }) => id)).toEqual([first.id])
      },
    },
    'users.getUser': {
      operations: ['GET /users/{user_id}'],
      async run({ clerk, person }) {
        const user = await person({ public_metadata: { plan: 'pro' }, private_metadata: { secret: 1 } })
        const found = await clerk.users.getUser(user.id)
        expectResource(found, 'User', {
          id: user.id,
          firstName: 'Ada',
          lastName: 'Lovelace',
          primaryEmailAddressId: user.primary_email_address_id,
          publicMetadata: { plan: 'pro' },
          privateMetadata: { secret: 1 },
          passwordEnabled: false,
          twoFactorEnabled: false,
          createdAt: user.created_at,
        })
        const { emailAddresses, phoneNumbers } = found as Record<string, object[]>
        expectResource(emailAddresses?.[0], 'EmailAddress', {
          emailAddress: user.email_addresses[0]?.email_address,
          verification: { status: 'verified' },
        })
        expectResource(phoneNumbers?.[0], 'PhoneNumber', { phoneNumber: user.phone_numbers[0]?.phone_number })
      },
    },
    'users.createUser': {
      operations: ['POST /users'],
      async run({ clerk, unique }) {
        const emailAddress = [`${unique()}@example.com`, `${unique()}@example.com`]
        const number = phoneNumber()
        const user = await clerk.users.createUser({
          emailAddress,
          phoneNumber: [number],
          firstName: 'Grace',
          lastName: 'Hopper',
          password: 'a long enough secret',
          publicMetadata: { camelCase: [1] },
          privateMetadata: { snake_case: 'ä' },
        })
        expectResource(user, 'User', {
          id: expect.stringMatching(/^user_[0-9A-Za-z]{27}$/),
          firstName: 'Grace',
          passwordEnabled: true,
          publicMetadata: { camelCase: [1] },
          privateMetadata: { snake_case: 'ä' },
          emailAddresses: emailAddress.map((one) => ({ emailAddress: one })),
          phoneNumbers: [{ phoneNumber: number }],
        })
      },
    },
    'users.updateUser': {
      operations: ['PATCH /users/{user_id}'],
      async run({ clerk, person, unique }) {
        const user = await person({ email_address: [`${unique()}@example.com`, `${unique()}@example.com`] })
        const second = String(user.email_addresses[1]?.id)
        const changed = await clerk.users.updateUser(user.id, {
          firstName: 'Grace',
          lastName: 'Hopper',
          primaryEmailAddressID: second,
          publicMetadata: { plan: 'pro' },
        })
        expectResource(changed, 'User', {
          id: user.id,
          firstName: 'Grace',
          lastName: 'Hopper',
          primaryEmailAddressId: second,
          publicMetadata: { plan: 'pro' },
        })
      },
    },
    'users.deleteUser': {
      operations: ['DELETE /users/{user_id}'],
      async run({ clerk, person }) {
        const user = await person()
        expectResource(await clerk.users.deleteUser(user.id), 'User', { id: user.id })
        await expect(clerk.users.getUser(user.id)).rejects.toMatchObject({ statusCode: 404 })
      },
    },
    decodeToken: {
      operations: [],
      async run({ clerk, visitor }) {
        const { user, session, token } = await visitor()
        expect(clerk.decodeToken(token)).toMatchObject({ sub: user.id, sid: session.id })
      },
    },
    verifyToken: {
      operations: ['GET /jwks'],
      async run({ clerk, visitor }) {
        const { user, session, token } = await visitor()
        expect(await clerk.verifyToken(token)).toMatchObject({ sub: user.id, sid: session.id })
        await expect(clerk.verifyToken(`${token.slice(0, -8)}AAAAAAAA`)).rejects.toThrow('invalid signature')
      },
    },
    defaultOnError: {
      operations: [],
      async run({ clerk }) {
        const error = await clerk.users.getUser('user_none').catch((reason: Error) => reason)
        expect(clerk.defaultOnError(error as Error)).toBeUndefined()
      },
    },
    strictOnError: {
      operations: [],
      async run({ clerk }) {
        const error = await clerk.users.getUser('user_none').catch((reason: Error) => reason)
        expect(clerk.strictOnError(error as Error)).toBe(error)
      },
    },
    expressWithSession: {
      operations: [],
      async run({ clerk, visitor }) {
        const { user, session, token } = await visitor()
        await using application = await openApplication(clerk.expressWithSession(), sessionOf)
        expect(await application.visit(bearer(token))).toMatchObject({
          status: 200,
          auth: { id: session.id, userId: user.id },
        })
        expect(await application.visit({})).toEqual({ status: 200, auth: null })
      },
    },
    expressRequireSession: {
      operations: [],
      async run({ clerk, visitor }) {
        const { session, token } = await visitor()
        await using application = await openApplication(clerk.expressRequireSession(), sessionOf)
        expect(await application.visit(bearer(token))).toMatchObject({ status: 200, auth: { id: session.id } })
        expect(await application.visit({})).toEqual({ status: 401, error: 'Unauthenticated' })
      },
    },
    withSession: {
      operations: [],
      async run({ clerk, visitor }) {
        const { session, token } = await visitor()
        await using application = await openApplication(clerk.withSession(tellSession))
        expect(await application.visit(bearer(token))).toMatchObject({ status: 200, auth: { id: session.id } })
        expect(await application.visit({})).toEqual({ status: 200, auth: null })
      },
    },
    requireSession: {
      operations: [],
      async run({ clerk, visitor }) {
        const { session, token } = await visitor()
        await using application = await openApplication(clerk.requireSession(tellSession))
        expect(await application.visit(bearer(token))).toMatchObject({ status: 200, auth: { id: session.id } })
        expect(await application.visit({})).toEqual({ status: 401, error: 'Unauthenticated' })
      },
    },
  },
  unserved: {},
}
