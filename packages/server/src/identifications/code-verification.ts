import type { VerificationsTable } from '../database/tables/index.js'
import type { SendCode } from '../verifications/sending.js'
import type { VerificationStore } from '../verifications/store.js'
import type { IdentificationType } from './rules.js'
import type { IdentificationStore } from './store.js'

/** Verifies the addresses of users by codes that are sent to them. */
export interface CodeVerification {
  /** @throws ApiError `resource_not_found`, `verification_code_too_many_requests` */
  prepare(type: IdentificationType, id: string): Promise<VerificationsTable>
  /** @throws ApiError `resource_not_found`, `verification_already_verified`, `form_identifier_exists` */
  attempt(
    type: IdentificationType,
    id: string,
    attempt: { verification_id: string; code: string },
  ): Promise<VerificationsTable>
}

const strategies = { email_address: 'email_code', phone_number: 'phone_code' } as const

export function createCodeVerification(
  identifications: IdentificationStore,
  verifications: VerificationStore,
  sendCode: SendCode,
): CodeVerification {
  return {
    async prepare(type, id) {
      await verifications.prune()
      return identifications.prove(type, id, (transaction, { user_id, value }) =>
        sendCode(transaction, {
          subjectId: id,
          strategy: strategies[type],
          recipient: value,
          of: { user_id, identification_id: id },
        }),
      )
    },

    attempt: (type, id, { verification_id, code }) =>
      identifications.prove(type, id, (transaction) =>
        verifications.attempt(transaction, { id: verification_id, subjectId: id, code }),
      ),
  }
}
