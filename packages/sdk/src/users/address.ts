import type { UserJSON } from '@clerk-server/contract'

/** The fields of an address that are copied as they are; the others become resources of their own. */
export type AddressAttribute<List extends 'email_addresses' | 'phone_numbers'> = Exclude<
  keyof UserJSON[List][number],
  'object' | 'verification' | 'linked_to'
>
