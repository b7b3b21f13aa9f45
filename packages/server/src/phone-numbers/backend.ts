import type { Handlers, HandlersUnder } from '../http/mount.js'
import type { CodeVerification } from '../identifications/code-verification.js'
import type { IdentificationStore } from '../identifications/store.js'
import type { Served } from '../unserved.js'
import { codeVerificationView } from '../verifications/view.js'
import { phoneNumberView } from './view.js'

type PhoneNumberHandlers = HandlersUnder<Served, 'phone_numbers'> &
  Pick<Handlers<Served>, 'PUT /users/{user_id}/phone_number'>

export function phoneNumbersBackend(
  identifications: IdentificationStore,
  codes: CodeVerification,
): PhoneNumberHandlers {
  const type = 'phone_number'

  return {
    'POST /phone_numbers': async ({ body }) => {
      const address = {
        value: body.phone_number,
        verified: body.verified ?? false,
        primary: body.primary ?? false,
        secondFactor: body.reserved_for_second_factor ?? false,
      }
      return phoneNumberView(await identifications.create(type, body.user_id, address))
    },

    'GET /phone_numbers/{phone_number_id}': async ({ params }) =>
      phoneNumberView(await identifications.get(type, params.phone_number_id)),

    'PATCH /phone_numbers/{phone_number_id}': async ({ params, body }) => {
      const change = {
        verified: body.verified ?? undefined,
        primary: body.primary ?? false,
        secondFactor: body.reserved_for_second_factor ?? undefined,
      }
      return phoneNumberView(await identifications.update(type, params.phone_number_id, change))
    },

    'DELETE /phone_numbers/{phone_number_id}': async ({ params }) => {
      await identifications.delete(type, params.phone_number_id)
      return { object: type, id: params.phone_number_id, deleted: true }
    },

    'POST /phone_numbers/{phone_number_id}/prepare_verification': async ({ params }) =>
      codeVerificationView(await codes.prepare(type, params.phone_number_id)),

    'POST /phone_numbers/{phone_number_id}/attempt_verification': async ({ params, body }) =>
      codeVerificationView(await codes.attempt(type, params.phone_number_id, body)),

    'PUT /users/{user_id}/phone_number': async ({ params, body }) => {
      const address = { value: body.phone_number, status: body.identification_status }
      return phoneNumberView(await identifications.replace(type, params.user_id, address))
    },
  }
}
