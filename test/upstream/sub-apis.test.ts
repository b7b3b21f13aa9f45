import { describe, expect, test } from 'vitest'
import { allowlistIdentifier, client, email, invitation, session, smsMessage, user } from '../parity/cases/json.js'
import { startRecorder } from '../parity/recorder.js'
import { apiOf, both, classOf } from './both.js'

const recorder = await startRecorder()

describe.each(both)('%s', (_, subject) => {
  const make = (name: string, data: object): object => new (classOf(subject, name))(data)
  const api = (name: string) => apiOf(subject, recorder.url, name)
  const expectSent = (expected: object): void => expect(recorder.sent()).toMatchObject([expected])

  /** The attributes of a session that 2.6.3 knows. */
  const madeSession = make('Session', {
    id: 'sess_1',
    clientId: 'client_1',
    userId: 'user_1',
    status: 'active',
    lastActiveAt: 1_639_000_000,
    expireAt: 1_639_600_000,
    abandonAt: 1_641_600_000,
  })
  const madeClient = (id: string): object =>
    make('Client', {
      id,
      sessionIds: ['sess_1'],
      sessions: [madeSession],
      signUpAttemptId: null,
      signInAttemptId: null,
      lastActiveSessionId: 'sess_1',
      createdAt: 1_639_000_000,
      updatedAt: 1_639_000_500,
    })

  describe('an answer becomes an object of its class', () => {
    const { sessions: _sessions, ...clientWithoutSessions } = client
    test.each([
      ['AllowlistIdentifier', allowlistIdentifier],
      ['Client', clientWithoutSessions],
      ['Email', email],
      ['Invitation', invitation],
      ['Session', session],
      ['SMSMessage', smsMessage],
    ])('%s, and a list of such a list of such', async (name, json) => {
      recorder.answerWith({ json })
      expect(await api('users')['getUser']?.('user_1')).toBeInstanceOf(classOf(subject, name))
      recorder.answerWith({ json: [json, json] })
      const list = await api('users')['getUserList']?.()
      expect(list).toEqual([expect.any(classOf(subject, name)), expect.any(classOf(subject, name))])
    })
  })

  describe('allowlist identifiers', () => {
    const made = make('AllowlistIdentifier', {
      id: 'alid_1',
      identifier: '*@example.com',
      createdAt: 1_639_000_000,
      updatedAt: 1_639_000_500,
    })

    test('are listed', async () => {
      recorder.answerWith({ json: [allowlistIdentifier] })
      expect(await api('allowlistIdentifiers')['getAllowlistIdentifierList']?.()).toEqual([made])
      expectSent({ method: 'GET', path: '/v1/allowlist_identifiers' })
    })

    test('are created with identifier and notify', async () => {
      recorder.answerWith({ json: allowlistIdentifier })
      const params = { identifier: '*@example.com', notify: false }
      expect(await api('allowlistIdentifiers')['createAllowlistIdentifier']?.(params)).toEqual(made)
      expectSent({ method: 'POST', body: { identifier: '*@example.com', notify: 'false' } })
    })

    test('are deleted, and the answer is what was deleted', async () => {
      recorder.answerWith({ json: allowlistIdentifier })
      expect(await api('allowlistIdentifiers')['deleteAllowlistIdentifier']?.('alid_1')).toEqual(made)
      expectSent({ method: 'DELETE', path: '/v1/allowlist_identifiers/alid_1' })
    })
  })

  describe('clients', () => {
    test('are listed with their sessions, which may come in camelCase, and nulls stay', async () => {
      const nested = { ...client, sessions: [{ ...madeSession }] }
      recorder.answerWith({ json: [nested, { ...nested, id: 'client_2' }] })
      const list = await api('clients')['getClientList']?.()
      expect(list).toEqual([madeClient('client_1'), madeClient('client_2')])
      expectSent({ method: 'GET', path: '/v1/clients' })
    })

    test('are found by their id', async () => {
      recorder.answerWith({ json: client })
      expect(await api('clients')['getClient']?.('client_1')).toEqual(madeClient('client_1'))
      expectSent({ method: 'GET', path: '/v1/clients/client_1' })
    })

    test('are found by a session token', async () => {
      recorder.answerWith({ json: client })
      expect(await api('clients')['verifyClient']?.('token_1')).toEqual(madeClient('client_1'))
      expectSent({ method: 'POST', path: '/v1/clients/verify', body: { token: 'token_1' } })
    })
  })

  describe('invitations', () => {
    const made = make('Invitation', {
      id: 'inv_1',
      emailAddress: 'ada@example.com',
      createdAt: 1_639_000_000,
      updatedAt: 1_639_000_500,
    })

    test('are listed', async () => {
      recorder.answerWith({ json: [invitation] })
      expect(await api('invitations')['getInvitationList']?.()).toEqual([made])
      expectSent({ method: 'GET', path: '/v1/invitations' })
    })

    test.each([
      [{ emailAddress: 'ada@example.com' }, { email_address: 'ada@example.com' }],
      [
        { emailAddress: 'ada@example.com', redirectUrl: 'https://example.com/hello' },
        { email_address: 'ada@example.com', redirect_url: 'https://example.com/hello' },
      ],
      [
        { emailAddress: 'ada@example.com', publicMetadata: '{"snake_case":1}' },
        { email_address: 'ada@example.com', public_metadata: '{"snake_case":1}' },
      ],
    ])('are created: %j', async (params, body) => {
      recorder.answerWith({ json: invitation })
      expect(await api('invitations')['createInvitation']?.(params)).toEqual(made)
      expect(recorder.sent().map((sent) => sent.body)).toEqual([body])
    })

    test('are revoked', async () => {
      recorder.answerWith({ json: invitation })
      expect(await api('invitations')['revokeInvitation']?.('inv_1')).toEqual(made)
      expectSent({ method: 'POST', path: '/v1/invitations/inv_1/revoke', body: {} })
    })
  })

  describe('sessions', () => {
    test('are listed', async () => {
      recorder.answerWith({ json: [session, session] })
      expect(await api('sessions')['getSessionList']?.()).toEqual([madeSession, madeSession])
      expectSent({ method: 'GET', path: '/v1/sessions', query: {} })
    })

    test('are found by their id', async () => {
      recorder.answerWith({ json: session })
      expect(await api('sessions')['getSession']?.('sess_1')).toEqual(madeSession)
    })

    test('are verified with their token', async () => {
      recorder.answerWith({ json: session })
      expect(await api('sessions')['verifySession']?.('sess_1', 'token_1')).toEqual(madeSession)
      expectSent({ method: 'POST', path: '/v1/sessions/sess_1/verify', body: { token: 'token_1' } })
    })
  })

  describe('users', () => {
    test.each([
      [undefined, {}],
      [{}, {}],
      [{ limit: 1 }, { limit: '1' }],
      [
        { limit: 1, offset: 1 },
        { limit: '1', offset: '1' },
      ],
      [{ orderBy: '+updated_at' }, { order_by: '+updated_at' }],
      [{ emailAddress: ['a@x.com', 'b@x.com'] }, { email_address: ['a@x.com', 'b@x.com'] }],
      [{ phoneNumber: ['+1', '+2'] }, { phone_number: ['+1', '+2'] }],
    ])('are listed by %j', async (params, query) => {
      recorder.answerWith({ json: [] })
      expect(await api('users')['getUserList']?.(params)).toEqual([])
      expect(recorder.sent().map((sent) => [sent.method, sent.path, sent.query])).toEqual([['GET', '/v1/users', query]])
    })

    test('are found by their id, with their accounts, and with metadata in names of its own', async () => {
      recorder.answerWith({ json: user })
      const found = await api('users')['getUser']?.('user_1')
      expect(found).toBeInstanceOf(classOf(subject, 'User'))
      expect(found).toMatchObject({
        externalAccounts: [{ provider: 'google' }, { provider: 'facebook' }, {}],
        publicMetadata: { zodiac_sign: 'sagittarius' },
      })
    })

    test('are created with lists of addresses', async () => {
      recorder.answerWith({ json: user })
      const emailAddress = ['a@x.com', 'b@x.com']
      const made = await api('users')['createUser']?.({ emailAddress, phoneNumber: ['+1'], firstName: 'Ada' })
      expect(made).toBeInstanceOf(classOf(subject, 'User'))
      expectSent({ method: 'POST', path: '/v1/users' })
      expect(recorder.sent()[0]?.body).toEqual({ email_address: emailAddress, phone_number: '+1', first_name: 'Ada' })
    })

    test('are updated', async () => {
      recorder.answerWith({ json: user })
      expect(await api('users')['updateUser']?.('user_1', { firstName: 'Ada' })).toMatchObject({ firstName: 'Ada' })
      expectSent({ method: 'PATCH', path: '/v1/users/user_1', body: { first_name: 'Ada' } })
    })
  })

  test('an e-mail is created', async () => {
    recorder.answerWith({ json: email })
    const params = { fromEmailName: 'sales', emailAddressId: 'idn_mail', subject: 'Tacos', body: 'On Tuesday!' }
    expect(await api('emails')['createEmail']?.(params)).toEqual(
      make('Email', { id: 'ema_1', toEmailAddress: 'ada@example.com', status: 'queued', ...params }),
    )
    expect(recorder.sent()[0]?.body).toEqual({
      from_email_name: 'sales',
      email_address_id: 'idn_mail',
      subject: 'Tacos',
      body: 'On Tuesday!',
    })
  })

  test('an SMS is created', async () => {
    recorder.answerWith({ json: smsMessage })
    const params = { message: 'Tacos on Tuesday!', phoneNumberId: 'idn_phone' }
    expect(await api('smsMessages')['createSMSMessage']?.(params)).toEqual(
      make('SMSMessage', {
        id: 'sms_1',
        fromPhoneNumber: '+14155550100',
        toPhoneNumber: '+14155550101',
        status: 'queued',
        ...params,
      }),
    )
    expect(recorder.sent()[0]?.body).toEqual({ message: 'Tacos on Tuesday!', phone_number_id: 'idn_phone' })
  })

  test.each([
    ['allowlistIdentifiers', 'deleteAllowlistIdentifier'],
    ['clients', 'getClient'],
    ['invitations', 'revokeInvitation'],
    ['sessions', 'getSession'],
    ['sessions', 'revokeSession'],
    ['sessions', 'verifySession'],
    ['users', 'getUser'],
    ['users', 'updateUser'],
    ['users', 'deleteUser'],
  ])('%s.%s without an id asks nobody', async (name, method) => {
    recorder.answerWith({ json: {} })
    await expect(api(name)[method]?.('')).rejects.toThrow('A valid ID is required.')
    expect(recorder.sent()).toEqual([])
  })

  test('a refusal by the API is an error with its status and codes', async () => {
    const errors = [{ message: 'taken', long_message: 'That is taken.', code: 'form_identifier_exists' }]
    recorder.answerWith({ status: 400, json: { errors } })
    const refusal: unknown = await api('users')
      ['createUser']?.({})
      .catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(classOf(subject, 'HttpError'))
    expect(refusal).toMatchObject({ statusCode: 400, data: [{ code: 'form_identifier_exists' }] })
  })
})
