import type { Queries } from '../database/database.js'
import type { SignUpsTable } from '../database/tables/index.js'
import { ApiError, type Problem } from '../errors.js'
import { ownerOf } from '../identifications/owner.js'
import { type Address, addresses } from './requirements.js'

type Identifier = Address | 'username'

const identifiers = [...addresses, 'username'] as const
type Identifiers = { [Name in Identifier]?: string | null | undefined }

/** What somebody is to be known by from now on, and was not before. */
export const changedIdentifiers = (before: SignUpsTable, attempt: SignUpsTable): Identifiers =>
  Object.fromEntries(identifiers.filter((name) => attempt[name] !== before[name]).map((name) => [name, attempt[name]]))

/**
 * Tells somebody early what the database decides in the end: that an address or a user name is somebody else's.
 *
 * @throws ApiError `form_identifier_exists` for each that is
 */
export async function requireFree(queries: Queries, given: Identifiers): Promise<void> {
  const problems: Problem[] = []
  for (const param of identifiers) {
    const value = given[param]
    if (value == null || !(await isTaken(queries, param, value))) continue
    problems.push({ code: 'form_identifier_exists', param, message: 'is taken by another user' })
  }
  if (problems.length > 0) throw new ApiError(problems as [Problem, ...Problem[]])
}

async function isTaken(queries: Queries, identifier: Identifier, value: string): Promise<boolean> {
  if (identifier !== 'username') return (await ownerOf(queries, identifier, value)) !== undefined
  const named = queries.selectFrom('users').select('id').where('username', '=', value)
  return (await named.executeTakeFirst()) !== undefined
}
