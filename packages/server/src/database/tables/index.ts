import type { KeyringTable } from './keyring.js'
import type { MessagesTable } from './messages.js'
import type { ClientsTable, SessionsTable } from './sessions.js'
import type { IdentificationsTable, UsersTable } from './users.js'
import type { VerificationsTable } from './verifications.js'

export type { Flag } from './flag.js'
export type { MessagesTable } from './messages.js'
export type { SessionsTable } from './sessions.js'
export type { IdentificationsTable, UsersTable } from './users.js'
export type { VerificationsTable } from './verifications.js'

/**
 * The tables as queries see them, the same on every database: times are milliseconds since 1970, flags are 0 or 1, JSON
 * is text (jsonb would reorder the keys of an application's metadata).
 */
export interface Tables {
  users: UsersTable
  identifications: IdentificationsTable
  verifications: VerificationsTable
  clients: ClientsTable
  sessions: SessionsTable
  messages: MessagesTable
  keyring: KeyringTable
}

/** Uniqueness is the database's to decide. PostgreSQL names the index that was violated, SQLite its columns. */
export const uniqueConstraints = {
  users_username: 'users.username',
  users_external_id: 'users.external_id',
  identifications_taken: 'identifications.type, identifications.value',
  identifications_of_user: 'identifications.user_id, identifications.type, identifications.value',
  verifications_live: 'verifications.subject_id',
} as const

export type UniqueConstraint = keyof typeof uniqueConstraints
