import type { TransactionQueries } from '../database/database.js'
import type { IdentificationsTable } from '../database/tables/index.js'
import { primaryAddressChangedMail } from '../delivery/mails/primary-address-changed.js'
import type { Outbox } from '../delivery/outbox.js'

type Address = Pick<IdentificationsTable, 'id' | 'user_id' | 'value'>

/** Tells the address that was primary that another is now; nobody when there was none, or the same one was put anew. */
export type PrimaryNotice = (
  transaction: TransactionQueries,
  before: Address | undefined,
  after: Address | undefined,
) => Promise<void>

export const createPrimaryNotice =
  (outbox: Outbox): PrimaryNotice =>
  async (transaction, before, after) => {
    if (!before || before.value === after?.value) return
    await outbox.queue(transaction, {
      channel: 'email',
      slug: 'primary_email_address_changed',
      user_id: before.user_id,
      identification_id: before.id,
      from_name: null,
      recipient: before.value,
      ...primaryAddressChangedMail(before.value, after?.value),
    })
  }
