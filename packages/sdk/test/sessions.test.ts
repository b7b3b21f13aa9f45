import { describe, expect, test } from 'vitest'
import { Session } from '../src/sessions/session.js'
import { Token } from '../src/sessions/token.js'
import { testOperations } from './support/operations.js'

const answer = { object: 'session', id: 'sess_1', client_id: 'client_1', user_id: 'user_1', status: 'active' }
const gives = new Session({ id: 'sess_1', clientId: 'client_1', userId: 'user_1', status: 'active' })

testOperations('sessions', {
  'getSessionList()': {
    call: (api, _, options) => api.getSessionList(undefined, options),
    request: 'GET /sessions',
    answer: [answer, answer],
    gives: [gives, gives],
  },
  'getSessionList(all)': {
    call: (api, _, options) =>
      api.getSessionList({ clientId: 'c', userId: 'u', status: 'ended', limit: 5, offset: 10 }, options),
    request: 'GET /sessions?client_id=c&user_id=u&status=ended&limit=5&offset=10',
    answer: [],
    gives: [],
  },
  'getSessionList(something unknown)': {
    call: (api, _, options) => api.getSessionList({ sessionId: 's' } as object, options),
    request: 'GET /sessions?session_id=s',
    answer: [],
    gives: [],
  },
  'getSession(id)': {
    call: (api, id, options) => api.getSession(id, options),
    request: 'GET /sessions/id_1',
    answer,
    gives,
  },
  'createSession(all)': {
    call: (api, _, options) => api.createSession({ userId: 'user_1' }, options),
    request: 'POST /sessions',
    body: 'user_id=user_1',
    answer,
    gives,
  },
  'revokeSession(id)': {
    call: (api, id, options) => api.revokeSession(id, options),
    request: 'POST /sessions/id_1/revoke',
    answer,
    gives,
  },
  'verifySession(id, token)': {
    call: (api, id, options) => api.verifySession(id, 'a.b.c', options),
    request: 'POST /sessions/id_1/verify',
    body: 'token=a.b.c',
    answer,
    gives,
  },
  'getToken(id)': {
    call: (api, id, options) => api.getToken(id, undefined, options),
    request: 'POST /sessions/id_1/tokens',
    answer: { object: 'token', jwt: 'a.b.c' },
    gives: new Token({ jwt: 'a.b.c' }),
  },
  'getToken(id, all)': {
    call: (api, id, options) => api.getToken(id, { expiresInSeconds: 60 }, options),
    request: 'POST /sessions/id_1/tokens',
    body: 'expires_in_seconds=60',
    answer: { object: 'token', jwt: 'a.b.c' },
    gives: new Token({ jwt: 'a.b.c' }),
  },
})

describe('a session', () => {
  const session = new Session({
    id: 's',
    clientId: 'c',
    userId: 'u',
    status: 'active',
    lastActiveAt: 1,
    expireAt: 2,
    abandonAt: 3,
  })

  test('may come in camelCase', () => {
    expect(Session.fromJSON({ ...session })).toStrictEqual(session)
    expect(Session.fromJSON({ object: 'session', userId: 'u' })).toStrictEqual(new Session({ userId: 'u' }))
  })

  test('has none of what this version does not know', () => {
    const times = { last_active_at: 1, expire_at: 2, abandon_at: 3 }
    const json = { id: 's', client_id: 'c', user_id: 'u', status: 'active', ...times, unknown: 1 }
    expect(Session.fromJSON(json)).toStrictEqual(session)
    expect({ ...new Session({ unknown: 1 } as object) }).toEqual({ unknown: 1 })
  })
})
