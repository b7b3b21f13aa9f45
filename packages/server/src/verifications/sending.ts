import type { TransactionQueries } from '../database/database.js'
import type { VerificationsTable } from '../database/tables/index.js'
import { type CodePurpose, verificationCodeMail, verificationCodeText } from '../delivery/mails/verification-code.js'
import type { NewMessage, Outbox } from '../delivery/outbox.js'
import type { Preparation, VerificationStore } from './store.js'

interface CodeToSend extends Preparation {
  /** Whose address it is; nobody's yet, of somebody who signs up. */
  of?: Pick<NewMessage, 'user_id' | 'identification_id'>
  /** What it lets its reader do; to show that the address is theirs, unless it says otherwise. */
  purpose?: CodePurpose
  /** Takes as long, and sends nothing. */
  pretend?: boolean
}

/**
 * Makes a code and puts the message that carries it into the outbox: both, or neither.
 *
 * It is the one place that has a code in the clear. There it stays for as long as any message does, but is good for
 * nothing once it was used, or has expired.
 *
 * @throws ApiError `verification_code_too_many_requests` within thirty seconds of the one before
 */
export type SendCode = (transaction: TransactionQueries, code: CodeToSend) => Promise<VerificationsTable>

const nobody = { user_id: null, identification_id: null }

export const createCodeSending =
  (verifications: Pick<VerificationStore, 'prepare'>, outbox: Outbox): SendCode =>
  async (transaction, { of = nobody, purpose = 'verification', pretend = false, ...preparation }) => {
    const { verification, code } = await verifications.prepare(transaction, preparation)
    const minutes = (verification.expire_at - verification.created_at) / 60_000
    const about = { slug: slugs[purpose], ...of, from_name: null, recipient: preparation.recipient }
    const message = { ...about, ...contentOf(preparation.strategy, purpose, code, minutes) }
    const { id } = await outbox.queue(transaction, message)
    if (pretend) await outbox.discard(transaction, id)
    return verification
  }

/** What messages are known by to whoever has hooks on them. */
const slugs = {
  verification: 'verification_code',
  'sign-in': 'verification_code',
  'reset-password': 'reset_password_code',
} as const satisfies Record<CodePurpose, string>

type Content = Pick<NewMessage, 'channel' | 'subject' | 'body' | 'body_plain'>

const contentOf = (strategy: Preparation['strategy'], purpose: CodePurpose, code: string, minutes: number): Content =>
  strategy === 'phone_code'
    ? { channel: 'sms', subject: null, body: verificationCodeText(purpose, code, minutes), body_plain: null }
    : { channel: 'email', ...verificationCodeMail(purpose, code, minutes) }
