import { describe, expect, test } from 'vitest'
import { Client } from '../src/clients/client.js'
import { Session } from '../src/sessions/session.js'
import { deserialize } from '../src/transport/deserialize.js'
import { testOperations } from './support/operations.js'

const answer = { object: 'client', id: 'client_1' }
const gives = new Client({ id: 'client_1' })

testOperations('clients', {
  'getClientList()': {
    call: (api, _, options) => api.getClientList(undefined, options),
    request: 'GET /clients',
    answer: [answer, answer],
    gives: [gives, gives],
  },
  'getClientList(page)': {
    call: (api, _, options) => api.getClientList({ limit: 5, offset: 0 }, options),
    request: 'GET /clients?limit=5&offset=0',
    answer: [],
    gives: [],
  },
  'getClient(id)': {
    call: (api, id, options) => api.getClient(id, options),
    request: 'GET /clients/id_1',
    answer,
    gives,
  },
  'verifyClient(token)': {
    call: (api, _, options) => api.verifyClient('a.b.c', options),
    request: 'POST /clients/verify',
    body: 'token=a.b.c',
    answer,
    gives,
  },
})

describe('a client', () => {
  const client = new Client({
    id: 'client_1',
    sessionIds: ['sess_1'],
    signUpAttemptId: null,
    signInAttemptId: 'sia_1',
    lastActiveSessionId: null,
    createdAt: 1,
    updatedAt: 2,
    sessions: [
      new Session({
        id: 'sess_1',
        clientId: 'client_1',
        userId: 'user_1',
        status: 'active',
        lastActiveAt: 3,
        expireAt: 4,
        abandonAt: 5,
      }),
    ],
  })
  const own = {
    object: 'client',
    id: 'client_1',
    session_ids: ['sess_1'],
    sign_up_attempt_id: null,
    sign_in_attempt_id: 'sia_1',
    last_active_session_id: null,
    created_at: 1,
    updated_at: 2,
  }
  const session = { client_id: 'client_1', user_id: 'user_1', last_active_at: 3, expire_at: 4, abandon_at: 5 }

  test('has its sessions as resources, and null where the JSON has it', () => {
    const sessions = [{ object: 'session', id: 'sess_1', status: 'active', ...session }]
    expect(deserialize([{ ...own, sessions }])).toStrictEqual([client])
  })

  test('may have sessions whose names are in camelCase already', () => {
    expect(deserialize({ ...own, sessions: client.sessions.map((it) => ({ ...it })) })).toStrictEqual(client)
    expect(Client.fromJSON({ ...client })).toStrictEqual(client)
  })

  test('has no sessions when the JSON has none', () => {
    expect(new Client().sessions).toEqual([])
    expect(Client.fromJSON({ object: 'client', sessions: null }).sessions).toEqual([])
    expect(deserialize({ object: 'client' })).toStrictEqual(new Client())
  })

  test('has the ids of its attempts under the names that they have now, too', () => {
    const json = {
      ...own,
      sign_in_attempt_id: undefined,
      sign_up_attempt_id: undefined,
      sign_in_id: 's',
      sign_up_id: null,
    }
    expect(Client.fromJSON(json)).toMatchObject({
      signInId: 's',
      signInAttemptId: 's',
      signUpId: null,
      signUpAttemptId: null,
    })
    expect(Client.fromJSON(own)).not.toHaveProperty('signInId')
  })
})
