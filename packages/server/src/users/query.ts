import type { Backend, RouteRequest } from '@clerk-server/contract'
import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely'
import type { Tables } from '../database/tables/index.js'
import type { SearchTerm } from '../database/user-search/user-search.js'

export type UserPage = RouteRequest<Backend, 'GET /users', 'output'>['query']
export type UserFilter = RouteRequest<Backend, 'GET /users/count', 'output'>['query']

/** Something that a row of `users` is or is not. */
export type Condition = Expression<SqlBool>

export const allOf = (parts: readonly Condition[]): Condition => users.and(parts)

const users = expressionBuilder<Tables, 'users'>()

/** What a user must be to pass the filters that are given, but for those that search. */
export const conditions = (filter: UserFilter): Condition[] => [
  ...identified('email_address', filter.email_address),
  ...identified('phone_number', filter.phone_number),
  ...(filter.username ? [users('users.username', 'in', filter.username)] : []),
  ...signed('users.external_id', filter.external_id),
  ...signed('users.id', filter.user_id),
  ...(asksForWhatNobodyHas(filter) ? [sql<SqlBool>`false`] : []),
  // The value is part of the text, where the database looks for an index of banned users.
  ...(filter.banned === undefined ? [] : [users('users.banned', '=', sql.lit(filter.banned ? 1 : 0))]),
  ...times.flatMap(([name, column, operator]) => {
    const time = filter[name]
    return time === undefined ? [] : [users(column, operator, time)]
  }),
]

const times = [
  ['created_at_before', 'users.created_at', '<'],
  ['created_at_after', 'users.created_at', '>'],
  ['last_active_at_before', 'users.last_active_at', '<'],
  ['last_active_at_after', 'users.last_active_at', '>'],
  ['last_active_at_since', 'users.last_active_at', '>='],
  ['last_sign_in_at_before', 'users.last_sign_in_at', '<'],
  ['last_sign_in_at_after', 'users.last_sign_in_at', '>'],
] as const

function identified(type: 'email_address' | 'phone_number', values: string[] | undefined) {
  if (!values) return []
  const owners = users
    .selectFrom('identifications')
    .select('user_id')
    .where('type', '=', type)
    .where('value', 'in', values)
  return [users('users.id', 'in', owners)]
}

const excluding = (value: string) => value.startsWith('-')

/** `+a` and `a` ask for one of these, `-a` for none of these. */
function signed(column: 'users.id' | 'users.external_id', values: string[] = []) {
  const excluded = values.filter(excluding).map((value) => value.slice(1))
  const included = values.filter((value) => !excluding(value)).map((value) => value.replace(/^\+/, ''))
  const found = []
  if (included.length > 0) found.push(users(column, 'in', included))
  if (excluded.length > 0) found.push(users.or([users(column, 'is', null), users(column, 'not in', excluded)]))
  return found
}

/** Nobody has a wallet, an account elsewhere or an organization: to leave those of one out leaves everybody. */
const asksForWhatNobodyHas = ({ web3_wallet, provider, organization_id = [] }: UserFilter) =>
  web3_wallet !== undefined || provider !== undefined || !organization_id.every(excluding)

/** Whether a filter names the users it lets pass, so that there are at most some hundreds. */
export const namesUsers = ({ email_address, phone_number, username, ...filter }: UserFilter) =>
  [email_address, phone_number, username].some((values) => values !== undefined) ||
  [filter.user_id, filter.external_id].some((values) => values?.some((value) => !excluding(value)))

const searches = [
  ['query', 'any'],
  ['email_address_query', 'email_address'],
  ['phone_number_query', 'phone_number'],
  ['username_query', 'username'],
  ['name_query', 'name'],
] as const

/** What the filters search for; an empty one searches for nothing. */
export const searchTerms = (filter: UserFilter): SearchTerm[] =>
  searches.flatMap(([name, field]) => (filter[name] ? [{ field, part: filter[name] }] : []))
