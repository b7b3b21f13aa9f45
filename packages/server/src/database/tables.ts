/**
 * The tables as queries see them, the same on every database: times are milliseconds since 1970, flags are 0 or 1
 * (SQLite has no boolean), JSON is text (jsonb would reorder the keys of an application's metadata).
 */
export interface Tables {
  users: UsersTable
  identifications: IdentificationsTable
  clients: ClientsTable
  sessions: SessionsTable
  keyring: KeyringTable
}

export type Flag = 0 | 1

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
  password_updated_at: number | null
  public_metadata: string
  private_metadata: string
  unsafe_metadata: string
  banned: Flag
  locked: Flag
  delete_self_enabled: Flag
  create_organization_enabled: Flag
  create_organizations_limit: number | null
  bypass_client_trust: Flag
  legal_accepted_at: number | null
  last_sign_in_at: number | null
  last_active_at: number | null
  created_at: number
  updated_at: number
}

export interface IdentificationsTable {
  id: string
  user_id: string
  type: 'email_address' | 'phone_number'
  /** In the form it is compared in: lower case, or E.164. */
  value: string
  status: 'verified' | 'reserved'
  /** Where it stands among the identifications of its user, from 0. */
  position: number
  created_at: number
  updated_at: number
}

export interface ClientsTable {
  id: string
  created_at: number
  updated_at: number
}

export interface SessionsTable {
  id: string
  client_id: string
  user_id: string
  /** As last written; a session that is past `expire_at` has expired whatever stands here. */
  status: 'active' | 'revoked'
  last_active_at: number
  expire_at: number
  abandon_at: number
  created_at: number
  updated_at: number
}

/** One row: the keys of the instance, where several servers share a database and so have no folder in common. */
export interface KeyringTable {
  id: 1
  keys: string
}

/** Uniqueness is the database's to decide. PostgreSQL names the index that was violated, SQLite its columns. */
export const uniqueConstraints = {
  users_username: 'users.username',
  users_external_id: 'users.external_id',
  identifications_taken: 'identifications.type, identifications.value',
} as const

export type UniqueConstraint = keyof typeof uniqueConstraints
