import { z } from 'zod'
import * as field from '../fields.js'
import { table } from '../route.js'
import { Paginated } from './objects.js'

const SessionStatus = z.enum(['active', 'revoked', 'ended', 'expired', 'removed', 'abandoned', 'replaced', 'pending'])

export const Session = z
  .object({
    object: z.literal('session'),
    id: field.Id,
    client_id: field.Id,
    user_id: field.Id,
    status: SessionStatus,
    actor: z.record(z.string(), z.unknown()).nullable(),
    last_active_organization_id: z.string().nullable(),
    last_active_at: field.Timestamp,
    expire_at: field.Timestamp,
    abandon_at: field.Timestamp,
    created_at: field.Timestamp,
    updated_at: field.Timestamp,
  })
  .meta({ id: 'Session' })

export type SessionJSON = z.output<typeof Session>

const Token = z.object({ object: z.literal('token'), jwt: z.string() }).meta({ id: 'Token' })

export const sessions = table({
  'GET /sessions': {
    summary: 'List sessions, the newest first',
    query: z.object({
      client_id: field.Reference.optional(),
      user_id: field.Reference.optional(),
      status: SessionStatus.optional(),
      paginated: z.boolean().default(false),
      ...field.Page,
    }),
    returns: z.union([z.array(Session), Paginated(Session)]),
  },
  'GET /sessions/{session_id}': { summary: 'Read a session', returns: Session, errors: ['resource_not_found'] },
  'POST /sessions': {
    summary: 'Create an active session for a user',
    body: z.object({ user_id: field.Reference }),
    refuses: ['active_organization_id'],
    returns: Session,
    errors: ['resource_not_found', 'session_creation_not_allowed'],
  },
  'POST /sessions/{session_id}/revoke': {
    summary: 'Revoke a session; one that is over already stays as it ended',
    returns: Session,
    errors: ['resource_not_found'],
  },
  'POST /sessions/{session_id}/verify': {
    summary: 'Check a token against the session it claims to be of',
    body: z.object({ token: z.string() }),
    returns: Session,
    errors: ['invalid_session_token', 'resource_not_found'],
    deprecated: true,
  },
  'POST /sessions/{session_id}/tokens': {
    summary: 'Mint a token for an active session',
    body: z.object({ expires_in_seconds: z.int().min(30).max(315_360_000).nullish() }),
    returns: Token,
    errors: ['resource_not_found'],
  },
})
