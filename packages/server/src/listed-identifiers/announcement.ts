import type { Outbox } from '../delivery/outbox.js'
import { ApiError } from '../errors.js'
import type { DraftInvitation } from '../invitations/draft.js'
import type { InvitationStore } from '../invitations/store.js'
import type { Pattern } from './pattern.js'
import type { Alongside } from './store.js'

/**
 * Prepares to tell somebody that they may sign up.
 *
 * @throws ApiError `form_param_value_invalid` when there is no way to tell, `form_identifier_exists`
 */
export type Announce = (pattern: Pattern) => Promise<Alongside>

interface Ways {
  invitations: Pick<InvitationStore, 'write'>
  draftInvitation: DraftInvitation
  outbox: Outbox
  publicUrl: () => string
}

/** Addresses get an invitation, numbers a text message. */
export const announcements =
  ({ invitations, draftInvitation, outbox, publicUrl }: Ways): Announce =>
  async ({ identifier_type, pattern }) => {
    if (pattern.includes('*')) throw untold('an identifier with an asterisk')
    if (identifier_type === 'web3_wallet') throw untold('a wallet')
    if (identifier_type === 'phone_number') {
      return async (transaction) => {
        await outbox.queue(transaction, textMessage(pattern, `You are invited to sign up: ${publicUrl()}`))
        return null
      }
    }
    const draft = await draftInvitation({ emailAddress: pattern, mail: 'invitation', param: 'identifier' })
    return async (transaction) => (await invitations.write(transaction, draft)).id
  }

const untold = (what: string) =>
  new ApiError('form_param_value_invalid', {
    param: 'notify',
    message: `must be off for ${what}, which nothing can be sent to`,
  })

const textMessage = (recipient: string, body: string) => ({
  channel: 'sms' as const,
  slug: 'invitation',
  user_id: null,
  identification_id: null,
  from_name: null,
  recipient,
  subject: null,
  body,
  body_plain: null,
})
