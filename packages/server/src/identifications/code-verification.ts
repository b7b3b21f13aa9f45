import type { IdentificationsTable, VerificationsTable } from '../database/tables/index.js'
import { verificationCodeMail, verificationCodeText } from '../delivery/mails/verification-code.js'
import type { NewMessage, Outbox } from '../delivery/outbox.js'
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
  outbox: Outbox,
): CodeVerification {
  return {
    async prepare(type, id) {
      await verifications.prune()
      return identifications.prove(type, id, async (transaction, row) => {
        const { verification, code } = await verifications.prepare(transaction, {
          subjectId: id,
          strategy: strategies[type],
          recipient: row.value,
        })
        const minutes = (verification.expire_at - verification.created_at) / 60_000
        await outbox.queue(transaction, codeMessage(row, code, minutes))
        return verification
      })
    },

    attempt: (type, id, { verification_id, code }) =>
      identifications.prove(type, id, (transaction) =>
        verifications.attempt(transaction, { id: verification_id, subjectId: id, code }),
      ),
  }
}

/**
 * The one place that has a code in the clear. It stays in the table of messages for as long as any message does, but is
 * good for nothing once it was used, or has expired.
 */
function codeMessage({ type, id, user_id, value }: IdentificationsTable, code: string, minutes: number): NewMessage {
  const about = { slug: 'verification_code', user_id, identification_id: id, from_name: null, recipient: value }
  return type === 'email_address'
    ? { ...about, channel: 'email', ...verificationCodeMail(code, minutes) }
    : { ...about, channel: 'sms', subject: null, body: verificationCodeText(code, minutes), body_plain: null }
}
