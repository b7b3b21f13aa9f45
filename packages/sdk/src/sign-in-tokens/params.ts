export interface CreateSignInTokenParams {
  userId: string
  /** How long it can be used. The server decides when it is left out: 30 days. */
  expiresInSeconds?: number | null | undefined
}
