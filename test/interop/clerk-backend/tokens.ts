import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { expect } from 'vitest'
import type { ClientTable } from '../client-table.js'
import type { Stage } from '../stage.js'
import type { Client } from './client.js'

/** It took its options in one object, and rendered pages itself. */
const isOfVersion4 = ({ client }: Stage<Client>) => client.startsWith('clerk-sdk-node 4')

type Authenticate = (...given: unknown[]) => Promise<{ isSignedIn: boolean; toAuth(): object | null }>

/** Asks who sent a request with this Authorization header; the key set is loaded anew. */
function authenticate(stage: Stage<Client>, token: string) {
  const { clerk, server } = stage
  const authenticateRequest = clerk.authenticateRequest as unknown as Authenticate
  const options = { secretKey: server.secretKey, apiUrl: server.url, skipJwksCache: true }
  const keys = { ...options, publishableKey: server.publishableKey }
  if (isOfVersion4(stage)) return authenticateRequest({ ...keys, headerToken: token, host: 'app.example.com' })
  const headers = { authorization: `Bearer ${token}` }
  return authenticateRequest(new Request('https://app.example.com/', { headers }), keys)
}

/** What says who is signed in, and what proves that somebody is not. */
export const tokens: ClientTable<Client>['served'] = {
  authenticateRequest: {
    operations: ['GET /jwks'],
    async run(stage) {
      const { user, session, token } = await stage.visitor()
      const state = await authenticate(stage, token)
      expect(state.isSignedIn).toBe(true)
      expect(state.toAuth()).toMatchObject({ userId: user.id, sessionId: session.id, sessionClaims: { sub: user.id } })
      const forged = `${token.slice(0, -8)}AAAAAAAA`
      expect(await authenticate(stage, forged)).toMatchObject({ isSignedIn: false })
    },
  },
  debugRequestState: {
    operations: [],
    async run(stage) {
      const { token } = await stage.visitor()
      const state = await authenticate(stage, token)
      expect(stage.clerk.debugRequestState(state)).toMatchObject({ isSignedIn: true })
    },
  },
  verifyToken: {
    operations: ['GET /jwks'],
    async run({ clerk, server, visitor }) {
      const { user, session, token } = await visitor()
      const options = { secretKey: server.secretKey, apiUrl: server.url, skipJwksCache: true }
      expect(await clerk.verifyToken(token, options)).toMatchObject({ sub: user.id, sid: session.id })
      await expect(clerk.verifyToken(`${token.slice(0, -8)}AAAAAAAA`, options)).rejects.toThrow()
    },
  },
  'base.verifySessionToken': {
    operations: [],
    async run({ clerk, server, visitor }) {
      const { session, token } = await visitor()
      const headers = { authorization: `Bearer ${server.secretKey}` }
      const { keys } = (await (await fetch(`${server.url}/v1/jwks`, { headers })).json()) as { keys: JsonWebKey[] }
      const key = createPublicKey({ key: keys[0] as JsonWebKey, format: 'jwk' })
      process.env['CLERK_JWT_KEY'] = String(key.export({ type: 'spki', format: 'pem' }))
      try {
        expect(await clerk.base.verifySessionToken(token)).toMatchObject({ sid: session.id })
      } finally {
        delete process.env['CLERK_JWT_KEY']
      }
    },
  },
  'interstitial.getInterstitial': {
    operations: ['GET /internal/interstitial'],
    async run({ clerk }) {
      expect(await clerk.interstitial.getInterstitial()).toMatch(/^<!doctype html>/i)
    },
  },
  localInterstitial: {
    operations: [],
    async run({ clerk, server: { publishableKey } }) {
      expect(clerk.localInterstitial({ publishableKey })).toContain(publishableKey)
    },
  },
  remotePublicInterstitial: {
    operations: ['GET /public/interstitial'],
    async run({ clerk, server: { publishableKey } }) {
      expect(await clerk.remotePublicInterstitial({ publishableKey })).toMatch(/^<!doctype html>/i)
    },
  },
  remotePublicInterstitialUrl: {
    operations: [],
    async run({ clerk, server: { publishableKey, url } }) {
      const address = clerk.remotePublicInterstitialUrl({ apiUrl: url, publishableKey })
      expect(address.startsWith(`${url}/v1/public/interstitial?`)).toBe(true)
      expect((await fetch(address)).status).toBe(200)
    },
  },
  remotePrivateInterstitial: {
    operations: ['GET /internal/interstitial'],
    async run({ clerk }) {
      expect(await clerk.remotePrivateInterstitial()).toMatch(/^<!doctype html>/i)
    },
  },
}
