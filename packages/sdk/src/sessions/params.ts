export interface SessionListParams {
  clientId?: string | undefined
  userId?: string | undefined
  status?: 'active' | 'revoked' | 'ended' | 'expired' | 'removed' | 'abandoned' | 'replaced' | 'pending' | undefined
  /** How many at most: 1 to 500. The server's default is 10. */
  limit?: number | undefined
  /** How many to skip. */
  offset?: number | undefined
}

export interface CreateSessionParams {
  userId: string
}

export interface TokenParams {
  /** How long the token is good for. The server decides when it is left out. */
  expiresInSeconds?: number | null | undefined
}
