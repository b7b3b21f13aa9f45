import type { passwordHashers } from '@clerk-server/contract'
import type { GeneratedAlways } from 'kysely'
import type { Flag } from './flag.js'

export interface UsersTable {
  id: string
  external_id: string | null
  username: string | null
  first_name: string | null
  last_name: string | null
  locale: string | null
  primary_email_address_id: string | null
  primary_phone_number_id: string | null
  password_digest: string | null
  /** How the digest was made. */
  password_hasher: (typeof passwordHashers)[number] | null
  password_updated_at: number | null
  public_metadata: string
  private_metadata: string
  unsafe_metadata: string
  banned: Flag
  /** As last written; a lock that is past `lockout_expires_at` is none any more. */
  locked: Flag
  /** `null` of a lock that does not end by itself. */
  lockout_expires_at: number | null
  /** Since one succeeded, or the user was unlocked. */
  failed_verifications: number
  delete_self_enabled: Flag
  create_organization_enabled: Flag
  create_organizations_limit: number | null
  bypass_client_trust: Flag
  legal_accepted_at: number | null
  last_sign_in_at: number | null
  last_active_at: number | null
  /** When the user last came to have a second factor, and to have none any more. */
  mfa_enabled_at: number | null
  mfa_disabled_at: number | null
  /** Whether the user has an authenticator application, and backup codes, that are verified. */
  totp_enabled: Flag
  backup_code_enabled: Flag
  created_at: number
  updated_at: number
}

/** What the database itself adds to the row of a user. */
export interface Revised {
  /** Names what the user is, identifications and all: another one after each change, whoever makes it. */
  revision: GeneratedAlways<number>
}

export interface IdentificationsTable {
  id: string
  user_id: string
  type: 'email_address' | 'phone_number'
  /** In the form it is compared in: lower case, or E.164. */
  value: string
  /** Others may have an `unverified` one, too; `verified` and `reserved` are taken. */
  status: 'verified' | 'reserved' | 'unverified'
  /**
   * JSON of the code that was last sent to it, until it is verified, or else of the one that verified it. None for an
   * address that counts as verified by somebody's word.
   */
  verification: string | null
  reserved_for_second_factor: Flag
  default_second_factor: Flag
  /** Where it stands among the identifications of its user, from 0. */
  position: number
  created_at: number
  updated_at: number
}

/** What the database itself counts users by: their number is the sum of the rows. */
export interface UserCountsTable {
  shard: number
  total: number
}
