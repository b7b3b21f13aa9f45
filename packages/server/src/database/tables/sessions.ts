export interface ClientsTable {
  id: string
  /** It may be over by now. */
  last_active_session_id: string | null
  last_authentication_strategy: string | null
  sign_in_id: string | null
  sign_up_id: string | null
  /** SHA-256, in hex, of the secret in the browser's cookie; none of a client that no browser is behind. */
  token_digest: string | null
  /** Of the secret there was before, which whoever shows it now may have stolen. */
  former_token_digest: string | null
  token_rotated_at: number | null
  /** When somebody last signed in or out here. */
  signed_at: number | null
  created_at: number
  updated_at: number
}

export interface SessionsTable {
  id: string
  client_id: string
  user_id: string
  /** As last written; a session that is active or pending ends by time alone, whatever stands here. */
  status: 'active' | 'pending' | 'ended' | 'removed' | 'replaced' | 'revoked'
  last_active_at: number
  expire_at: number
  abandon_at: number
  /** When the factors were last checked. */
  first_factor_at: number | null
  second_factor_at: number | null
  /** Where it was last used. */
  user_agent: string | null
  ip_address: string | null
  created_at: number
  updated_at: number
}

export interface RefreshTokensTable {
  /** SHA-256 of the token, in hex. */
  digest: string
  session_id: string
  created_at: number
  /** When it was first traded for another. */
  used_at: number | null
}

export interface HandshakePayloadsTable {
  /** SHA-256 of the nonce, in hex. */
  digest: string
  /** JSON: a list of Set-Cookie values. */
  directives: string
  expires_at: number
}

/** A browser that proves itself by a token in URLs, where cookies do not get: of development instances only. */
export interface DevBrowsersTable {
  id: string
  /** SHA-256 of the token, in hex. */
  token_digest: string
  client_id: string | null
  created_at: number
}
