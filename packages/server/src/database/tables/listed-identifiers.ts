/** Who may sign up (the allowlist), and who may not (the blocklist). */
export interface ListedIdentifiersTable {
  id: string
  list: 'allowlist' | 'blocklist'
  /** As it was given. */
  identifier: string
  identifier_type: 'email_address' | 'phone_number' | 'web3_wallet'
  /** In the form it is compared in: what two spellings of one identifier have in common. */
  pattern: string
  /** The invitation that told of it. */
  invitation_id: string | null
  created_at: number
  updated_at: number
}
