import type { userOrders } from '@clerk-server/contract'
import type { IdentificationsTable, UsersTable } from '../database/tables/index.js'
import type { UserPage } from './query.js'

type OrderName = (typeof userOrders)[number]

/** What a list is sorted by, and by ids where that is the same. Users without a value come last, either way. */
export type SortKey =
  /** A column in which everybody has a value. */
  | { kind: 'required'; column: 'created_at' | 'updated_at' | 'id' }
  | { kind: 'optional'; column: keyof UsersTable }
  /** The value of the identification whose id is in the column. */
  | {
      kind: 'identification'
      column: 'primary_email_address_id' | 'primary_phone_number_id'
      type: IdentificationsTable['type']
    }

export interface Order {
  by: SortKey
  direction: 'asc' | 'desc'
}

const sortKeys: Record<OrderName, SortKey> = {
  created_at: { kind: 'required', column: 'created_at' },
  updated_at: { kind: 'required', column: 'updated_at' },
  email_address: { kind: 'identification', column: 'primary_email_address_id', type: 'email_address' },
  phone_number: { kind: 'identification', column: 'primary_phone_number_id', type: 'phone_number' },
  // Nobody has a wallet: the order is that of ids.
  web3wallet: { kind: 'required', column: 'id' },
  first_name: { kind: 'optional', column: 'first_name' },
  last_name: { kind: 'optional', column: 'last_name' },
  username: { kind: 'optional', column: 'username' },
  last_active_at: { kind: 'optional', column: 'last_active_at' },
  last_sign_in_at: { kind: 'optional', column: 'last_sign_in_at' },
}

export const orderOf = (orderBy: UserPage['order_by']): Order => ({
  by: sortKeys[orderBy.replace(/^[+-]/, '') as OrderName],
  direction: orderBy.startsWith('-') ? 'desc' : 'asc',
})
