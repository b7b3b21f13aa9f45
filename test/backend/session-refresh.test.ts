import { createHash } from 'node:crypto'
import { createClerkClient } from '@clerk/backend'
import type { Storage } from 'clerk-server'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { freshStorage, type Instance, startInstance, storageKinds } from '../support/instance.js'
import { rowsIn } from '../support/rows.js'
import { mint, signIn } from '../support/sessions.js'
import { signAs } from '../support/signing-key.js'

const origin = 'https://app.example.com'
const version = { 'clerk-api-version': '2026-05-12' }
const day = 24 * 60 * 60 * 1000

describe.each(storageKinds)('the refresh of a session on %s', (kind) => {
  /** A browser that comes back after two minutes, with the cookies of its last visit. */
  async function visitor() {
    const storage = await freshStorage(kind, 'instance')
    const server = await startInstance({ storage })
    const { session } = await signIn(server)
    await leaveRefreshToken(storage, server, session.id, 'the first')
    const seconds = Math.floor(server.clock.now / 1000)
    const claims = {
      iss: 'https://clerk.localhost',
      azp: origin,
      sid: session.id,
      sub: session.user_id,
      iat: seconds,
      exp: seconds + 60,
    }
    const expired_token = await signAs(storage, claims)
    server.clock.now += 120_000
    const body = {
      expired_token,
      refresh_token: 'the first',
      request_origin: origin,
      format: 'cookie' as string | null,
    }
    return { storage, server, session, claims, body }
  }

  /** What the Frontend API will have given to the browser: the database knows the token by its digest only. */
  async function leaveRefreshToken(storage: Storage, server: Instance, sessionId: string, token: string) {
    const digest = createHash('sha256').update(token).digest('hex')
    const values = `'${digest}', '${sessionId}', ${server.clock.now}`
    await rowsIn(storage, `insert into refresh_tokens (digest, session_id, created_at) values (${values})`)
  }

  const refresh = (server: Instance, session_id: string, json: object, headers: Record<string, string> = version) =>
    server.call('POST /sessions/{session_id}/refresh', { params: { session_id }, json, headers })

  /** The values of the cookies of an answer, by name. */
  const cookiesOf = ({ body }: Awaited<ReturnType<typeof refresh>>): Record<string, string> =>
    'cookies' in body ? Object.fromEntries(body.cookies.map((one) => (one.split(';')[0] ?? '').split('='))) : {}

  const refreshTokenOf = (answer: Awaited<ReturnType<typeof refresh>>) =>
    Object.entries(cookiesOf(answer)).find(([name]) => name.startsWith('__refresh'))?.[1] ?? ''

  test('answers with cookies in both spellings, and a new refresh token', async () => {
    const { server, session, body } = await visitor()
    const answer = await refresh(server, session.id, body)
    expect(answer).toMatchObject({ status: 200, body: { object: 'cookies' } })
    const suffix = createHash('sha1').update(server.publishableKey).digest('base64url').slice(0, 8)
    const cookies = cookiesOf(answer)
    const { __session: token = '' } = cookies
    const next = refreshTokenOf(answer)
    expect(cookies).toEqual({ __session: token, [`__session_${suffix}`]: token, [`__refresh_${suffix}`]: next })
    expect(next).toMatch(/^[\w-]{43}$/)
    const attributes = 'Path=/; Max-Age=31536000'
    expect('cookies' in answer.body && answer.body.cookies.map((one) => one.slice(one.indexOf(';') + 2))).toEqual([
      `${attributes}; SameSite=Lax; Secure`,
      `${attributes}; SameSite=Lax; Secure`,
      `${attributes}; HttpOnly; SameSite=Lax; Secure`,
    ])
    const now = Math.floor(server.clock.now / 1000)
    expect(decodeJwt(token)).toMatchObject({ azp: origin, sid: session.id, iat: now, exp: now + 60, v: 2 })
    const { body: touched } = await server.call('GET /sessions/{session_id}', { params: { session_id: session.id } })
    expect(touched.last_active_at).toBe(server.clock.now)

    server.clock.now += 120_000
    const again = await refresh(server, session.id, { ...body, expired_token: token, refresh_token: next })
    expect(again.status, 'what a refresh gave can be refreshed').toBe(200)
  })

  test('over http, cookies are not Secure', async () => {
    const { storage, server, session, claims, body } = await visitor()
    const request_origin = 'http://localhost:3000'
    const expired_token = await signAs(storage, { ...claims, azp: request_origin })
    const answer = await refresh(server, session.id, { ...body, expired_token, request_origin })
    expect(answer.status).toBe(200)
    expect(JSON.stringify(answer.body)).not.toContain('Secure')
  })

  test('answers with a token unless asked for cookies, and then leaves the refresh token as it is', async () => {
    const { server, session, body } = await visitor()
    for (const format of ['token', null, undefined]) {
      const { status, body: answered } = await refresh(server, session.id, { ...body, format })
      expect([status, answered.object]).toEqual([200, 'token'])
    }
    server.clock.now += 60_000
    expect((await refresh(server, session.id, body)).status).toBe(200)
    const refused = await refresh(server, session.id, { ...body, format: 'xml' })
    expect(refused).toMatchObject({ status: 422, codes: ['form_param_value_invalid'], params: ['format'] })
  })

  test('takes all that the published clients send, and asks for what is needed', async () => {
    const { server, session, body } = await visitor()
    const headers = { request_headers: { cookie: ['a=b'], accept: ['*/*'] }, request_originating_ip: '127.0.0.1' }
    const answer = await server.call('POST /sessions/{session_id}/refresh', {
      params: { session_id: session.id },
      query: { suffixed_cookies: true },
      json: { ...body, ...headers },
      headers: version,
    })
    expect(answer.status).toBe(200)
    expect(await refresh(server, session.id, {})).toMatchObject({
      status: 422,
      codes: ['form_param_missing', 'form_param_missing', 'form_param_missing'],
      params: ['expired_token', 'refresh_token', 'request_origin'],
    })
  })

  test('a refresh token is taken for ten seconds after its use, and after that ends what came of it', async () => {
    const { server, session, body } = await visitor()
    const first = await refresh(server, session.id, body)
    server.clock.now += 9_999
    const second = await refresh(server, session.id, body)
    expect([first.status, second.status]).toEqual([200, 200])
    expect(refreshTokenOf(first)).not.toBe(refreshTokenOf(second))
    server.clock.now += 1
    const stolen = await refresh(server, session.id, body)
    expect(stolen).toMatchObject({ status: 401, codes: ['session_refresh_expired_session_token_consumed'] })
    for (const answer of [first, second]) {
      const ended = await refresh(server, session.id, { ...body, refresh_token: refreshTokenOf(answer) })
      expect(ended).toMatchObject({ status: 401, codes: ['refresh_token_not_found'] })
    }
  })

  test('several tabs that refresh at the same moment all get a token', async () => {
    const { server, session, body } = await visitor()
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(server, session.id, body)))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(new Set(answers.map(refreshTokenOf)).size).toBe(8)
  })

  test('no refresh token is in the database as it is', async () => {
    const { storage, server, session, body } = await visitor()
    const token = refreshTokenOf(await refresh(server, session.id, body))
    const rows = JSON.stringify(await rowsIn(storage, 'select * from refresh_tokens'))
    expect(rows).toContain(createHash('sha256').update(token).digest('hex'))
    expect(rows).not.toContain(token)
  })

  test('what does not fit together is refused with the code that says why, and uses nothing up', async () => {
    const { storage, server, session, claims, body } = await visitor()
    const other = await signIn(server)
    await leaveRefreshToken(storage, server, other.session.id, "another's")
    const without = (name: keyof typeof claims) => {
      const { [name]: _, ...rest } = claims
      return signAs(storage, rest)
    }
    const now = Math.floor(server.clock.now / 1000)
    const refusals: [object, string][] = [
      [{ expired_token: 'no token' }, 'expired_session_token_invalid'],
      [{ expired_token: `${body.expired_token.slice(0, -8)}AAAAAAAA` }, 'expired_session_token_invalid'],
      [
        { expired_token: await signAs(storage, { ...claims, iss: 'https://clerk.else' }) },
        'expired_session_token_invalid',
      ],
      [{ expired_token: await without('exp') }, 'expired_session_token_invalid'],
      [{ expired_token: await without('sid') }, 'expired_session_token_missing_sid'],
      [{ expired_token: await without('azp') }, 'expired_session_token_missing_azp'],
      [{ expired_token: await without('iat') }, 'session_refresh_expired_session_token_missing_iat'],
      [{ expired_token: await signAs(storage, { ...claims, sid: other.session.id }) }, 'refresh_sid_mismatch'],
      [{ request_origin: 'app.example.com' }, 'refresh_request_origin_invalid'],
      [{ request_origin: `${origin}/path` }, 'refresh_request_origin_invalid'],
      [{ request_origin: 'https://app.example.com.evil.tld' }, 'refresh_request_origin_azp_mismatch'],
      [
        { expired_token: await signAs(storage, { ...claims, exp: now + 11 }) },
        'session_refresh_session_token_ineligible',
      ],
      [
        { expired_token: await signAs(storage, { ...claims, exp: now - 24 * 60 * 60 - 1 }) },
        'session_refresh_expired_session_token_too_old',
      ],
      [{ refresh_token: '' }, 'refresh_token_not_found'],
      [{ refresh_token: 'unknown' }, 'refresh_token_not_found'],
      [{ refresh_token: "another's" }, 'refresh_token_not_found'],
    ]
    for (const [change, code] of refusals) {
      const refused = await refresh(server, session.id, { ...body, ...change })
      expect(refused, JSON.stringify(change)).toMatchObject({ status: 401, codes: [code] })
    }
    expect((await refresh(server, session.id, body)).status).toBe(200)
  })

  test('a session that is over, or is gone with its user, is not refreshed', async () => {
    const { server, session, body } = await visitor()
    await server.call('POST /sessions/{session_id}/revoke', { params: { session_id: session.id } })
    const over = await refresh(server, session.id, body)
    expect(over).toMatchObject({ status: 401, codes: ['session_refresh_inactive_session'] })
    await server.call('DELETE /users/{user_id}', { params: { user_id: session.user_id } })
    const gone = await refresh(server, session.id, body)
    expect(gone).toMatchObject({ status: 401, codes: ['session_refresh_session_not_found'] })
  })

  test('a token that the Backend API minted is for no site, and is not refreshed', async () => {
    const { server, session, body } = await visitor()
    const expired_token = await mint(server, session.id, { expires_in_seconds: 30 })
    server.clock.now += day / 2
    const refused = await refresh(server, session.id, { ...body, expired_token })
    expect(refused).toMatchObject({ status: 401, codes: ['expired_session_token_missing_azp'] })
  })

  test('the published client refreshes by itself, and signs the visitor in', async () => {
    const { storage, server, session, claims } = await visitor()
    server.clock.now = Date.now()
    const now = Math.floor(server.clock.now / 1000)
    const expired = await signAs(storage, { ...claims, iat: now - 120, nbf: now - 130, exp: now - 60 })
    const suffix = createHash('sha1').update(server.publishableKey).digest('base64url').slice(0, 8)
    const cookies = {
      __session: expired,
      [`__session_${suffix}`]: expired,
      __client_uat: now - 200,
      [`__client_uat_${suffix}`]: now - 200,
      [`__refresh_${suffix}`]: 'the first',
      __clerk_db_jwt: 'a',
      [`__clerk_db_jwt_${suffix}`]: 'a',
    }
    const cookie = Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join('; ')
    const { secretKey, publishableKey, url: apiUrl } = server
    const clerk = createClerkClient({ secretKey, publishableKey, apiUrl, telemetry: { disabled: true } })
    const state = await clerk.authenticateRequest(
      new Request(origin, { headers: { cookie, accept: 'text/html', 'sec-fetch-dest': 'document' } }),
    )
    expect(state).toMatchObject({ status: 'signed-in', isAuthenticated: true })
    expect(state.toAuth()).toMatchObject({ sessionId: session.id, userId: session.user_id })
    const set = state.headers.getSetCookie().map((one) => one.split('=')[0])
    expect(set).toEqual(['__session', `__session_${suffix}`, `__refresh_${suffix}`])
  })
})
