import type { Handlers, HandlersUnder } from '../http/mount.js'
import type { CodeVerification } from '../identifications/code-verification.js'
import type { IdentificationStore } from '../identifications/store.js'
import type { Served } from '../unserved.js'
import { codeVerificationView } from '../verifications/view.js'
import type { PrimaryNotice } from './primary-notice.js'
import { emailAddressView } from './view.js'

type EmailAddressHandlers = HandlersUnder<Served, 'email_addresses'> &
  Pick<Handlers<Served>, 'PUT /users/{user_id}/email_address'>

export function emailAddressesBackend(
  identifications: IdentificationStore,
  codes: CodeVerification,
  notice: PrimaryNotice,
): EmailAddressHandlers {
  const type = 'email_address'
  const noticeIf = (wanted: boolean | null | undefined) => (wanted ? notice : undefined)

  return {
    'POST /email_addresses': async ({ body }) => {
      const address = {
        value: body.email_address,
        verified: body.verified ?? false,
        primary: body.primary ?? false,
        secondFactor: false,
      }
      const alongside = noticeIf(body.notify_primary_email_address_changed)
      return emailAddressView(await identifications.create(type, body.user_id, address, alongside))
    },

    'GET /email_addresses/{email_address_id}': async ({ params }) =>
      emailAddressView(await identifications.get(type, params.email_address_id)),

    'PATCH /email_addresses/{email_address_id}': async ({ params, body }) => {
      const change = { verified: body.verified ?? undefined, primary: body.primary ?? false }
      const alongside = noticeIf(body.notify_primary_email_address_changed)
      return emailAddressView(await identifications.update(type, params.email_address_id, change, alongside))
    },

    'DELETE /email_addresses/{email_address_id}': async ({ params }) => {
      await identifications.delete(type, params.email_address_id)
      return { object: type, id: params.email_address_id, deleted: true }
    },

    'POST /email_addresses/{email_address_id}/prepare_verification': async ({ params }) =>
      codeVerificationView(await codes.prepare(type, params.email_address_id)),

    'POST /email_addresses/{email_address_id}/attempt_verification': async ({ params, body }) =>
      codeVerificationView(await codes.attempt(type, params.email_address_id, body)),

    'PUT /users/{user_id}/email_address': async ({ params, body }) => {
      const address = { value: body.email_address, status: body.identification_status }
      const alongside = noticeIf(body.notify_primary_email_address_changed)
      return emailAddressView(await identifications.replace(type, params.user_id, address, alongside))
    },
  }
}
