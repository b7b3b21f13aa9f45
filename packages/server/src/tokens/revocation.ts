import type { Queries } from '../database/database.js'
import type { Tables } from '../database/tables/index.js'
import type { ApiError } from '../errors.js'

/** What there are tickets of. */
type Ticketed = 'invitations' | 'sign_in_tokens'

interface Revocation<Table extends Ticketed> {
  table: Table
  id: string
  now: number
  /** Why it cannot be revoked, by what it is already; `undefined` where there is none of that id. */
  refusal: (status: Tables[Table]['status'] | undefined) => ApiError
}

/** Ends what is pending, whose ticket then lets nobody in. @throws ApiError what `refusal` gives */
export async function revokePending<Table extends Ticketed>(
  queries: Queries,
  { table, id, now, refusal }: Revocation<Table>,
): Promise<Tables[Table]> {
  const tickets: Ticketed = table
  const revoked = await queries
    .updateTable(tickets)
    .set({ status: 'revoked', updated_at: now })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .returningAll()
    .executeTakeFirst()
  if (revoked) return revoked as Tables[Table]
  const row = await queries.selectFrom(tickets).select('status').where('id', '=', id).executeTakeFirst()
  throw refusal(row?.status)
}
