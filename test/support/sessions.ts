import { expect } from 'vitest'
import type { Instance } from './instance.js'

/** A new user with a session. */
export async function signIn(server: Instance, json: object = { skip_user_requirement: true }) {
  const { body: user, status } = await server.call('POST /users', { json })
  expect(status).toBe(200)
  return { user, session: await createSession(server, user.id) }
}

export async function createSession(server: Instance, userId: string) {
  const { status, body } = await server.call('POST /sessions', { json: { user_id: userId } })
  expect(status).toBe(200)
  return body
}

/** A session token. */
export async function mint(server: Instance, sessionId: string, json?: object, headers: Record<string, string> = {}) {
  const answer = await server.call('POST /sessions/{session_id}/tokens', {
    params: { session_id: sessionId },
    headers,
    ...(json && { json }),
  })
  expect(answer).toMatchObject({ status: 200, codes: [] })
  return answer.body.jwt
}
