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
