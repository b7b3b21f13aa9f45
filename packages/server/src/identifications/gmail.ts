import { sql } from 'kysely'
import type { Clock } from '../clock.js'
import type { TransactionQueries } from '../database/database.js'
import { taken } from './rules.js'

const gmail = /^([^@]+)@(?:gmail|googlemail)\.com$/

/**
 * Refuses a Gmail address that somebody has already with other dots, or by Gmail's other domain: it is one mailbox. For
 * instances with `ignore_dots_for_gmail_addresses`, in the transaction that gives the address to a user, and before it is
 * written. No constraint can know the setting, so that those who come with such addresses at the same time come one
 * after another.
 *
 * @param userId who may have it already
 * @throws ApiError `form_identifier_exists`
 */
export async function refuseDottedTwin(
  transaction: TransactionQueries,
  address: string,
  clock: Clock,
  userId?: string,
): Promise<void> {
  const name = gmail.exec(address)?.[1]?.replaceAll('.', '')
  if (name === undefined) return
  await transaction.updateTable('instance').set({ updated_at: clock() }).execute()
  // Without the type, which only an address could have: by it, SQLite would take another index, and read all addresses.
  const twin = await transaction
    .selectFrom('identifications')
    .select('id')
    .where(sql<boolean>`(value like '%@gmail.com' or value like '%@googlemail.com')`)
    .where(sql`replace(value, '.', '')`, 'in', [`${name}@gmailcom`, `${name}@googlemailcom`])
    .where('status', '!=', 'unverified')
    .where('user_id', '!=', userId ?? '')
    .executeTakeFirst()
  if (twin) throw taken('email_address')
}
