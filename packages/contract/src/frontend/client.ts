import { z } from 'zod'
import * as field from '../fields.js'
import { browserTable } from '../route.js'
import { ClientSession } from './sessions.js'
import { SignIn } from './sign-ins.js'
import { SignUp } from './sign-ups.js'

/** A browser, with whoever is signed in there, and what is under way. Only sessions that are not over are in it. */
export const Client = z
  .object({
    object: z.literal('client'),
    id: field.Id,
    sessions: z.array(ClientSession),
    sign_in: SignIn.nullable(),
    sign_up: SignUp.nullable(),
    last_active_session_id: field.Id.nullable(),
    last_authentication_strategy: z.string().nullable(),
    cookie_expires_at: field.Timestamp.nullable(),
    captcha_bypass: z.boolean(),
    created_at: field.Timestamp,
    updated_at: field.Timestamp,
  })
  .meta({ id: 'BrowserClient' })

export type BrowserClientJSON = z.output<typeof Client>

export const client = browserTable({
  'GET /client': {
    summary: 'Read what this browser is signed in to; null for one that is new',
    returns: Client.nullable(),
  },
  'PUT /client': { summary: 'Read it, and make it known if it is new', returns: Client },
  'POST /client': { summary: 'Read it, and make it known if it is new', returns: Client },
  'DELETE /client': {
    summary: 'Sign out of all sessions of this browser, and forget it',
    returns: Client.nullable(),
    errors: ['signed_out'],
  },
  'DELETE /client/sessions': {
    summary: 'Sign out of all sessions of this browser',
    returns: Client,
    errors: ['signed_out'],
  },
  'POST /dev_browser': {
    summary: 'Make a browser known by a token that goes where cookies cannot; of development instances only',
    returns: z.object({ object: z.literal('dev_browser'), id: field.Id, token: z.string() }).meta({ id: 'DevBrowser' }),
    bare: true,
    errors: ['request_invalid_for_environment'],
  },
})
