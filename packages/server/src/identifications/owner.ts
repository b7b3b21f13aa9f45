import type { Queries } from '../database/database.js'
import type { IdentificationType } from './rules.js'

/** The id of the user whose an address is: one that is not verified is nobody's. */
export async function ownerOf(queries: Queries, type: IdentificationType, value: string): Promise<string | undefined> {
  const owner = await queries
    .selectFrom('identifications')
    .select('user_id')
    .where('type', '=', type)
    .where('value', '=', value)
    .where('status', '!=', 'unverified')
    .executeTakeFirst()
  return owner?.user_id
}
