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

/** Whole values of Set-Cookie headers. */
const Cookies = z.object({ object: z.literal('cookies'), cookies: z.array(z.string()) }).meta({ id: 'Cookies' })

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
    errors: ['request_invalid_for_environment', 'resource_not_found', 'session_creation_not_allowed'],
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
    body: z.object({ expires_in_seconds: field.TokenLifetime.nullish() }),
    returns: Token,
    errors: ['resource_not_found'],
  },
  'POST /sessions/{session_id}/tokens/{template_name}': {
    summary: 'Mint a token to a template for the user of an active session; it proves no session',
    body: z.object({ expires_in_seconds: field.TokenLifetime.nullish() }),
    returns: Token,
    errors: ['resource_not_found'],
  },
  'POST /sessions/{session_id}/refresh': {
    summary: 'Trade an expired token and a refresh token for new ones; a 401 says why a handshake is needed instead',
    query: z.object({ suffixed_cookies: z.boolean().optional() }),
    body: z.object({
      expired_token: z.string(),
      refresh_token: z.string(),
      request_origin: z.string(),
      format: z.enum(['token', 'cookie']).nullish(),
      request_headers: z.record(z.string(), z.unknown()).nullish(),
      request_originating_ip: z.string().nullish(),
    }),
    returns: z.discriminatedUnion('object', [Token, Cookies]),
    errors: [
      'expired_session_token_invalid',
      'expired_session_token_missing_azp',
      'expired_session_token_missing_sid',
      'refresh_request_origin_azp_mismatch',
      'refresh_request_origin_invalid',
      'refresh_sid_mismatch',
      'refresh_token_not_found',
      'resource_not_found',
      'session_refresh_expired_session_token_consumed',
      'session_refresh_expired_session_token_missing_iat',
      'session_refresh_expired_session_token_too_old',
      'session_refresh_inactive_session',
      'session_refresh_session_not_found',
      'session_refresh_session_token_ineligible',
    ],
  },
})
