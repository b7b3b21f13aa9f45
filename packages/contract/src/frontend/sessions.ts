import { z } from 'zod'
import { Session as StoredSession } from '../backend/sessions.js'
import { browserTable } from '../route.js'
import { OwnUser, PublicUserData } from './user.js'

const Token = z.object({ object: z.literal('token'), jwt: z.string() }).meta({ id: 'ClientToken' })

/** A session as its browser sees it: with its user, and a token that proves it. */
export const ClientSession = StoredSession.omit({ client_id: true, user_id: true })
  .extend({
    /** Of a session that is over, there is no token. */
    last_active_token: Token.nullable(),
    user: OwnUser,
    public_user_data: PublicUserData,
    /** Minutes since the first and the second factor were checked; -1 is never. */
    factor_verification_age: z.array(z.int()),
    tasks: z.null(),
  })
  .meta({ id: 'ClientSession' })

export type ClientSessionJSON = z.output<typeof ClientSession>

/** A session that was in the browser once. Of one that is over, nothing is told of its user: others may sit there now. */
const NamedSession = ClientSession.extend({
  user: OwnUser.optional(),
  public_user_data: PublicUserData.nullable(),
}).meta({ id: 'NamedClientSession' })

export type NamedSessionJSON = z.output<typeof NamedSession>

const errors = ['resource_not_found', 'signed_out'] as const

export const sessions = browserTable({
  'GET /client/sessions/{session_id}': { summary: 'Read a session of this browser', returns: NamedSession, errors },
  'POST /client/sessions/{session_id}/touch': {
    summary: 'Make a session the one that is used last',
    body: z.object({ active_organization_id: z.string().nullish(), intent: z.string().nullish() }),
    returns: ClientSession,
    errors,
  },
  'POST /client/sessions/{session_id}/tokens': {
    summary: 'Mint a token of a session for the site that asks',
    body: z.object({ organization_id: z.string().nullish() }),
    returns: Token,
    bare: true,
    errors,
  },
  'POST /client/sessions/{session_id}/tokens/{template_name}': {
    summary: 'Mint a token to a template for the user of a session',
    returns: Token,
    bare: true,
    errors,
  },
  'POST /client/sessions/{session_id}/end': {
    summary: 'Sign out of a session',
    returns: NamedSession,
    errors,
  },
  'POST /client/sessions/{session_id}/remove': {
    summary: 'Sign out of a session, and forget that it was here',
    returns: NamedSession,
    errors,
  },
})
