import type { Backend, RouteRequest, userOrders } from '@clerk-server/contract'
import type { ExpressionBuilder, SelectQueryBuilder } from 'kysely'
import type { Tables } from '../database/tables/index.js'

export type UserPage = RouteRequest<Backend, 'GET /users', 'output'>['query']
export type UserFilter = Omit<UserPage, 'limit' | 'offset' | 'order_by'>

export type UsersQuery<Output> = SelectQueryBuilder<Tables, 'users', Output>
type Conditions = ExpressionBuilder<Tables, 'users'>

/** Keeps the users that pass every filter that is given. */
export function filtered<Output>(query: UsersQuery<Output>, filter: UserFilter): UsersQuery<Output> {
  return query.where((users) =>
    users.and([
      ...identified(users, 'email_address', filter.email_address),
      ...identified(users, 'phone_number', filter.phone_number),
      ...(filter.username ? [users('username', 'in', filter.username)] : []),
      ...signed(users, 'external_id', filter.external_id),
      ...signed(users, 'id', filter.user_id),
    ]),
  )
}

function identified(users: Conditions, type: 'email_address' | 'phone_number', values: string[] | undefined) {
  if (!values) return []
  const owners = users
    .selectFrom('identifications')
    .select('user_id')
    .where('type', '=', type)
    .where('value', 'in', values)
  return [users('users.id', 'in', owners)]
}

/** `+a` and `a` ask for one of these, `-a` for none of these. */
function signed(users: Conditions, column: 'id' | 'external_id', values: string[] = []) {
  const excluded = values.filter((value) => value.startsWith('-')).map((value) => value.slice(1))
  const included = values.filter((value) => !value.startsWith('-')).map((value) => value.replace(/^\+/, ''))
  const conditions = []
  if (included.length > 0) conditions.push(users(column, 'in', included))
  if (excluded.length > 0) {
    conditions.push(users.or([users(column, 'is', null), users(column, 'not in', excluded)]))
  }
  return conditions
}

type OrderName = (typeof userOrders)[number]
type OrderColumn = keyof Tables['users'] | 'email_address' | 'phone_number'

/** What each order sorts by; nobody has a wallet, so that order is the order of ids. */
const orderColumns: Record<OrderName, OrderColumn> = {
  created_at: 'created_at',
  updated_at: 'updated_at',
  email_address: 'email_address',
  phone_number: 'phone_number',
  web3wallet: 'id',
  first_name: 'first_name',
  last_name: 'last_name',
  username: 'username',
  last_active_at: 'last_active_at',
  last_sign_in_at: 'last_sign_in_at',
}

const primaryColumns = {
  email_address: 'primary_email_address_id',
  phone_number: 'primary_phone_number_id',
} as const

/** Sorts users, those without a value last, and those with the same value by id, so that no page repeats another. */
export function ordered<Output>(query: UsersQuery<Output>, orderBy: UserPage['order_by']): UsersQuery<Output> {
  const direction = orderBy.startsWith('-') ? 'desc' : 'asc'
  const column = orderColumns[orderBy.replace(/^[+-]/, '') as OrderName]
  const key = (users: Conditions) =>
    column === 'email_address' || column === 'phone_number'
      ? users
          .selectFrom('identifications')
          .select('value')
          .whereRef('identifications.id', '=', `users.${primaryColumns[column]}`)
      : users.ref(column)
  return query
    .orderBy(key, (order) => (direction === 'desc' ? order.desc() : order.asc()).nullsLast())
    .orderBy('users.id', direction)
}
