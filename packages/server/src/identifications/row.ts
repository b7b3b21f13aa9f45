import type { IdentificationsTable } from '../database/tables/index.js'
import type { Ids } from '../ids.js'

type Given = Pick<IdentificationsTable, 'user_id' | 'type' | 'value' | 'status' | 'position'> &
  Partial<Pick<IdentificationsTable, 'verification' | 'reserved_for_second_factor'>>

/** What a new identification is made of, besides what it is given. */
export const newRow = (given: Given, ids: Ids, now: number): IdentificationsTable => ({
  id: ids('identification'),
  verification: null,
  reserved_for_second_factor: 0,
  default_second_factor: 0,
  created_at: now,
  updated_at: now,
  ...given,
})

/** What is given changes. */
export interface AddressChange {
  verified?: boolean | undefined
  /** Only ever true: another that becomes primary is what ends being primary. */
  primary?: boolean | undefined
  secondFactor?: boolean | undefined
  /** Only ever true: another that becomes the default is what ends being it. */
  defaultSecondFactor?: boolean | undefined
}

/** What counts as verified by somebody's word has no code to show, and what is not verified is no second factor. */
export function changedRow(
  row: IdentificationsTable,
  { verified, secondFactor }: AddressChange,
  now: number,
): IdentificationsTable {
  const status = changedStatus(row.status, verified)
  const factor = secondFactor ?? (row.reserved_for_second_factor === 1 && status === 'verified')
  return {
    ...row,
    status,
    verification: status === row.status ? row.verification : null,
    reserved_for_second_factor: factor ? 1 : 0,
    updated_at: now,
  }
}

/** A reserved one is not verified, so that there is nothing to take from it. */
function changedStatus(status: IdentificationsTable['status'], verified: boolean | undefined) {
  if (verified) return 'verified'
  return verified === false && status === 'verified' ? 'unverified' : status
}
