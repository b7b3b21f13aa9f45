import { z } from 'zod'
import { Deleted } from '../backend/objects.js'
import { PasswordText, passwordErrors } from '../backend/passwords.js'
import { Session } from '../backend/sessions.js'
import * as field from '../fields.js'
import { browserTable } from '../route.js'
import { ClientSession } from './sessions.js'
import { OwnUser } from './user.js'

/** Where a session was begun, as far as the browser and the network tell. */
const SessionActivity = z
  .object({
    object: z.literal('session_activity'),
    id: field.Id,
    device_type: z.string().optional(),
    is_mobile: z.boolean(),
    browser_name: z.string().optional(),
    browser_version: z.string().optional(),
    ip_address: z.string().optional(),
  })
  .meta({ id: 'SessionActivity' })

export type SessionActivityJSON = z.output<typeof SessionActivity>

const ActiveSession = Session.omit({ client_id: true, user_id: true })
  .extend({ latest_activity: SessionActivity })
  .meta({ id: 'ActiveSession' })

/** Nobody is signed in, or whoever was is deleted at this moment. */
const ownErrors = ['resource_not_found', 'signed_out'] as const

/** What a person can do with the account they are signed in to, but for its addresses. */
export const me = browserTable({
  'GET /me': { summary: 'Read who is signed in', returns: OwnUser, errors: ownErrors },
  'PATCH /me': {
    summary: 'Change what is known of oneself; what is null is taken away',
    body: z.object({
      first_name: field.Text().nullish(),
      last_name: field.Text().nullish(),
      username: field.Username.nullish(),
      primary_email_address_id: field.Reference.nullish(),
      primary_phone_number_id: field.Reference.nullish(),
      unsafe_metadata: field.Metadata.nullish(),
    }),
    refuses: ['primary_web3_wallet_id'],
    removed: { unsafe_metadata: '2026-05-12' },
    returns: OwnUser,
    errors: [
      'form_data_missing',
      'form_identifier_exists',
      'form_param_exceeds_allowed_size',
      'form_resource_not_found',
      'form_username_invalid_character',
      'form_username_invalid_length',
      'form_verification_needed',
      ...ownErrors,
    ],
  },
  'PATCH /me/metadata': {
    summary: "Merge into one's unsafe metadata, key by key at every depth; null removes a key",
    body: z.object({ unsafe_metadata: field.Metadata }),
    returns: OwnUser,
    errors: ['form_param_exceeds_allowed_size', ...ownErrors],
  },
  'DELETE /me': {
    summary: 'Delete oneself, with everything that is theirs, where that is allowed',
    returns: Deleted('user'),
    errors: ['user_delete_self_not_enabled', ...ownErrors],
  },
  'POST /me/change_password': {
    summary: 'Choose a password, or another one, for which the one there was is needed',
    body: z.object({
      current_password: PasswordText.nullish(),
      new_password: PasswordText,
      sign_out_of_other_sessions: z.boolean().nullish(),
    }),
    returns: OwnUser,
    errors: [
      'form_new_password_matches_current',
      'form_password_incorrect',
      ...passwordErrors,
      ...ownErrors,
      'user_locked',
    ],
  },
  'POST /me/remove_password': {
    summary: 'Do without a password, where something else lets one in',
    body: z.object({ current_password: PasswordText.nullish() }),
    returns: OwnUser,
    errors: [
      'form_password_incorrect',
      'form_password_size_in_bytes_exceeded',
      'no_password_set',
      'password_required',
      ...ownErrors,
      'user_locked',
    ],
  },
  'GET /me/sessions': {
    summary: 'List the sessions there were and are, the newest first, up to a hundred',
    returns: z.array(ClientSession),
    bare: true,
    errors: ownErrors,
  },
  'GET /me/sessions/active': {
    summary: 'List the sessions that are not over, in all browsers, with where they were begun',
    returns: z.array(ActiveSession),
    bare: true,
    errors: ownErrors,
  },
  'POST /me/sessions/{session_id}/revoke': {
    summary: 'Sign out of one of them',
    returns: ClientSession,
    errors: ownErrors,
  },
})
