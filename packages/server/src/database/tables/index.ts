import type { SignInsTable, SignUpsTable } from './attempts.js'
import type { InstanceTable } from './instance.js'
import type { InvitationsTable } from './invitations.js'
import type { JWTTemplatesTable } from './jwt-templates.js'
import type { KeyringTable } from './keyring.js'
import type { SecretKeysTable, SigningKeysTable } from './keys.js'
import type { ListedIdentifiersTable } from './listed-identifiers.js'
import type { MessagesTable } from './messages.js'
import type { RedirectUrlsTable } from './redirect-urls.js'
import type { BackupCodesTable, TOTPsTable } from './second-factors.js'
import type {
  ClientsTable,
  DevBrowsersTable,
  HandshakePayloadsTable,
  RefreshTokensTable,
  SessionsTable,
} from './sessions.js'
import type { SettingsTable } from './settings.js'
import type { SignInTokensTable } from './sign-in-tokens.js'
import type { IdentificationsTable, Revised, UserCountsTable, UsersTable } from './users.js'
import type { VerificationsTable } from './verifications.js'

export type { SignInsTable, SignUpsTable } from './attempts.js'
export type { Flag } from './flag.js'
export type { InstanceTable } from './instance.js'
export type { InvitationsTable } from './invitations.js'
export type { JWTTemplatesTable } from './jwt-templates.js'
export type { SecretKeysTable, SigningKeysTable } from './keys.js'
export type { ListedIdentifiersTable } from './listed-identifiers.js'
export type { MessagesTable } from './messages.js'
export type { RedirectUrlsTable } from './redirect-urls.js'
export type { BackupCodesTable, TOTPsTable } from './second-factors.js'
export type { ClientsTable, DevBrowsersTable, SessionsTable } from './sessions.js'
export type { SignInTokensTable } from './sign-in-tokens.js'
export type { IdentificationsTable, UsersTable } from './users.js'
export type { VerificationsTable } from './verifications.js'

/**
 * The tables as queries see them, the same on every database: times are milliseconds since 1970, flags are 0 or 1, JSON
 * is text (jsonb would reorder the keys of an application's metadata).
 */
export interface Tables {
  users: UsersTable & Revised
  identifications: IdentificationsTable
  user_counts: UserCountsTable
  verifications: VerificationsTable
  clients: ClientsTable
  sessions: SessionsTable
  refresh_tokens: RefreshTokensTable
  handshake_payloads: HandshakePayloadsTable
  dev_browsers: DevBrowsersTable
  sign_ins: SignInsTable
  sign_ups: SignUpsTable
  totps: TOTPsTable
  backup_codes: BackupCodesTable
  jwt_templates: JWTTemplatesTable
  messages: MessagesTable
  invitations: InvitationsTable
  listed_identifiers: ListedIdentifiersTable
  sign_in_tokens: SignInTokensTable
  redirect_urls: RedirectUrlsTable
  settings: SettingsTable
  instance: InstanceTable
  secret_keys: SecretKeysTable
  signing_keys: SigningKeysTable
  keyring: KeyringTable
}

/** Uniqueness is the database's to decide. PostgreSQL names the index that was violated, SQLite its columns. */
export const uniqueConstraints = {
  users_username: 'users.username',
  users_external_id: 'users.external_id',
  identifications_taken: 'identifications.type, identifications.value',
  identifications_of_user: 'identifications.user_id, identifications.type, identifications.value',
  verifications_live: 'verifications.subject_id',
  invitations_exclusive: 'invitations.email_address',
  listed_identifiers_pattern: 'listed_identifiers.list, listed_identifiers.pattern',
  redirect_urls_target: 'redirect_urls.target',
  jwt_templates_name: 'jwt_templates.name',
} as const

export type UniqueConstraint = keyof typeof uniqueConstraints
