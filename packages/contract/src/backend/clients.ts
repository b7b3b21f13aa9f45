import { z } from 'zod'
import * as field from '../fields.js'
import { table } from '../route.js'
import { Paginated } from './objects.js'
import { Session } from './sessions.js'

const Client = z
  .object({
    object: z.literal('client'),
    id: field.Id,
    session_ids: z.array(field.Id),
    sessions: z.array(Session),
    sign_in_id: field.Id.nullable(),
    sign_up_id: field.Id.nullable(),
    last_active_session_id: field.Id.nullable(),
    last_authentication_strategy: z.string().nullable(),
    created_at: field.Timestamp,
    updated_at: field.Timestamp,
  })
  .meta({ id: 'Client' })

export type ClientJSON = z.output<typeof Client>

export const clients = table({
  'GET /clients': {
    summary: 'List clients, the newest first',
    query: z.object({ paginated: z.boolean().default(false), ...field.Page }),
    returns: z.union([z.array(Client), Paginated(Client)]),
    deprecated: true,
  },
  'GET /clients/handshake_payload': {
    summary: 'Take the cookies that a handshake left under a nonce; they are given out once',
    query: z.object({ nonce: z.string() }),
    returns: z.object({ directives: z.array(z.string()) }).meta({ id: 'HandshakePayload' }),
    errors: ['resource_not_found'],
  },
  'GET /clients/{client_id}': { summary: 'Read a client', returns: Client, errors: ['resource_not_found'] },
  'POST /clients/verify': {
    summary: 'Read the client that a session token is of, while its session is active',
    body: z.object({ token: z.string() }),
    returns: Client,
    errors: ['invalid_session_token', 'resource_not_found'],
  },
})
