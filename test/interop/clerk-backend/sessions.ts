import { createHash } from 'node:crypto'
import type { Token } from '@clerk/backend'
import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import { rowsIn } from '../../support/rows.js'
import { signAs } from '../../support/signing-key.js'
import type { ClientTable } from '../client-table.js'
import { type Client, expectResource, itemsOf } from './client.js'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** The oldest client gives the text alone. */
const claimsOf = (token: Token | string) => decodeJwt(typeof token === 'string' ? token : token.jwt)

export const sessions: ClientTable<Client>['served'] = {
  'sessions.getSessionList': {
    operations: ['GET /sessions'],
    async run({ clerk, visitor }) {
      const { user, session } = await visitor()
      await visitor()
      const list = itemsOf(await clerk.sessions.getSessionList({ userId: user.id, status: 'active' }))
      expect(list).toHaveLength(1)
      expectResource(list[0] ?? {}, 'Session', { id: session.id, userId: user.id, status: 'active' })
      expect(itemsOf(await clerk.sessions.getSessionList({ clientId: session.client_id }))).toHaveLength(1)
      expect(itemsOf(await clerk.sessions.getSessionList({ userId: user.id, status: 'revoked' }))).toEqual([])
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
        createdAt: session.created_at,
        updatedAt: session.updated_at,
      })
    },
  },
  'sessions.createSession': {
    operations: ['POST /sessions'],
    async run({ clerk, person }) {
      const user = await person()
      const session = await clerk.sessions.createSession({ userId: user.id })
      expectResource(session, 'Session', { userId: user.id, status: 'active' })
    },
  },
  'sessions.revokeSession': {
    operations: ['POST /sessions/{session_id}/revoke'],
    async run({ clerk, visitor }) {
      const { session } = await visitor()
      expectResource(await clerk.sessions.revokeSession(session.id), 'Session', { id: session.id, status: 'revoked' })
    },
  },
  'sessions.verifySession': {
    operations: ['POST /sessions/{session_id}/verify'],
    async run({ clerk, visitor }) {
      const { session, token } = await visitor()
      expectResource(await clerk.sessions.verifySession(session.id, token), 'Session', { id: session.id })
      await expect(clerk.sessions.verifySession(session.id, 'no token')).rejects.toMatchObject({
        status: 400,
        errors: [{ code: 'invalid_session_token' }],
      })
    },
  },
  'sessions.getToken': {
    operations: ['POST /sessions/{session_id}/tokens', 'POST /sessions/{session_id}/tokens/{template_name}'],
    async run({ clerk, client, template, visitor }) {
      const { user, session } = await visitor()
      const { name } = await template({ aud: 'billing', who: '{{user.id}}' })
      const claims = claimsOf(await clerk.sessions.getToken(session.id, name))
      expect(claims).toMatchObject({ aud: 'billing', who: user.id, sub: user.id })
      const { sid, iat = 0, exp } = claimsOf(await clerk.sessions.getToken(session.id, '', 600))
      expect([sid, exp]).toEqual([session.id, iat + (client.startsWith('@clerk/') ? 600 : 60)])
    },
  },
  'sessions.refreshSession': {
    operations: ['POST /sessions/{session_id}/refresh'],
    async run({ clerk, storage, visitor, unique }) {
      const { user, session } = await visitor()
      const origin = 'https://app.example.com'
      // What the Frontend API will have given to the browser.
      const refresh_token = unique()
      const values = `'${sha256(refresh_token)}', '${session.id}', ${Date.now()}`
      await rowsIn(storage, `insert into refresh_tokens (digest, session_id, created_at) values (${values})`)
      const then = Math.floor(Date.now() / 1000) - 120
      const claims = { iss: 'https://clerk.localhost', azp: origin, sid: session.id, sub: user.id }
      const token = await clerk.sessions.refreshSession(session.id, {
        expired_token: await signAs(storage, { ...claims, iat: then, exp: then + 60 }),
        refresh_token,
        request_origin: origin,
        request_headers: { 'user-agent': ['a browser'] },
        format: 'token',
      })
      expectResource(token, 'Token', {})
      expect(decodeJwt(token.jwt)).toMatchObject({ sid: session.id, sub: user.id, azp: origin })
    },
  },
  'clients.getClientList': {
    operations: ['GET /clients'],
    async run({ clerk, visitor }) {
      const { session } = await visitor()
      const [newest] = itemsOf(await clerk.clients.getClientList())
      expectResource(newest ?? {}, 'Client', { id: session.client_id, sessionIds: [session.id] })
    },
  },
  'clients.getClient': {
    operations: ['GET /clients/{client_id}'],
    async run({ clerk, visitor }) {
      const { session } = await visitor()
      const client = await clerk.clients.getClient(session.client_id)
      expectResource(client, 'Client', {
        id: session.client_id,
        sessionIds: [session.id],
        signInId: null,
        signUpId: null,
        lastActiveSessionId: session.id,
      })
      expectResource(client.sessions[0] ?? {}, 'Session', { id: session.id, status: 'active' })
    },
  },
  'clients.verifyClient': {
    operations: ['POST /clients/verify'],
    async run({ clerk, visitor }) {
      const { session, token } = await visitor()
      expectResource(await clerk.clients.verifyClient(token), 'Client', { id: session.client_id })
    },
  },
  'clients.getHandshakePayload': {
    operations: ['GET /clients/handshake_payload'],
    async run({ clerk, storage, unique }) {
      const nonce = unique()
      const values = `'${sha256(nonce)}', '["__session=one; Path=/"]', ${Date.now() + 60_000}`
      await rowsIn(storage, `insert into handshake_payloads (digest, directives, expires_at) values (${values})`)
      expect(await clerk.clients.getHandshakePayload({ nonce })).toEqual({ directives: ['__session=one; Path=/'] })
      await expect(clerk.clients.getHandshakePayload({ nonce })).rejects.toMatchObject({ status: 404 })
    },
  },
  'jwks.getJwks': {
    operations: ['GET /jwks'],
    async run({ clerk }) {
      const { keys } = await clerk.jwks.getJwks()
      expect(keys).toMatchObject([{ use: 'sig', kty: 'RSA', alg: 'RS256', e: 'AQAB', kid: expect.any(String) }])
    },
  },
}
