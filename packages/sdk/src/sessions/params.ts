import type { PageParams } from '../transport/pages.js'

export interface SessionListParams extends PageParams {
  clientId?: string | undefined
  userId?: string | undefined
  status?: 'active' | 'revoked' | 'ended' | 'expired' | 'removed' | 'abandoned' | 'replaced' | 'pending' | undefined
}

export interface CreateSessionParams {
  userId: string
}

export interface TokenParams {
  /** How long the token is good for. The server decides when it is left out. */
  expiresInSeconds?: number | null | undefined
}
