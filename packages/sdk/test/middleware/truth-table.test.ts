import type { RequestHandler } from 'express'
import { describe, expect, test } from 'vitest'
import { Clerk } from '../../src/clerk.js'
import { interstitialPage, startClerkApi } from '../support/clerk-api.js'
import { clearEnvironment } from '../support/environment.js'
import { createApp, frameworks } from '../support/frameworks.js'
import { ask, listen } from '../support/http.js'
import { sendJSON } from '../support/server.js'
import { type Row, rows, signer } from './truth-table.js'

// Every row of the table, over real HTTP.

clearEnvironment()

function expected(outcome: Row['outcome'], mode: 'lax' | 'strict') {
  if (outcome === 'IN') {
    const auth = { sessionId: 'sess_1', userId: 'user_1', claims: expect.objectContaining({ sid: 'sess_1' }) }
    const session = { id: 'sess_1', userId: 'user_1' }
    return { status: 200, body: { ran: true, session, sessionClaims: auth.claims, auth } }
  }
  if (outcome === 'INT') return { status: 401, type: 'text/html', body: interstitialPage }
  const { reason, name = 'Error', message = 'Unauthenticated', status = 401 } = outcome
  if (mode === 'strict') return { status, body: { name, message: expect.stringMatching(message), reason } }
  return { status: 200, body: { ran: true, auth: { sessionId: null, userId: null, claims: null, reason } } }
}

describe.each(Object.entries(frameworks))('%s', (_, framework) => {
  describe.each(['lax', 'strict'] as const)('%s', (mode) => {
    test.each(rows.flatMap((row) => row.keys.map((key) => ({ ...row, key }))))(
      'row $row ($key key)',
      async ({ key, requests, outcome, asked, jwksIsDown }) => {
        let guard: RequestHandler = (_req, _res, next) => next()
        const port = await listen(createApp(framework, (req, res, next) => guard(req, res, next)))
        const down = jwksIsDown && { jwks: (response: Parameters<typeof sendJSON>[0]) => sendJSON(response, {}, 500) }
        for (const headers of requests) {
          const api = await startClerkApi([signer.jwk], down)
          const clerk = new Clerk({ apiKey: `${key}_secret`, serverApiUrl: api.url })
          guard = mode === 'lax' ? clerk.expressWithSession() : clerk.expressRequireSession()
          const answer = await ask(port, { headers })
          const isPage = answer.headers['content-type'] === 'text/html'
          const body: unknown = isPage ? answer.text : JSON.parse(answer.text)
          const found = { status: answer.status, ...(isPage && { type: 'text/html' }), body }
          expect(found, JSON.stringify(headers)).toEqual(expected(outcome, mode))
          expect(api.asked(), JSON.stringify(headers)).toEqual(asked)
          expect(answer.headers['cache-control']).toBe(isPage ? 'no-store' : undefined)
        }
      },
    )
  })
})
