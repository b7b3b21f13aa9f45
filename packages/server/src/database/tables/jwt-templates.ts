export interface JWTTemplatesTable {
  id: string
  name: string
  /** JSON, with its shortcodes as they were written. */
  claims: string
  /** Seconds. */
  lifetime: number
  /** Seconds. */
  allowed_clock_skew: number
  signing_algorithm: 'HS256' | 'HS384' | 'HS512' | 'RS256' | 'RS384' | 'RS512'
  /** A shared secret or a private key (PEM), as the template's owner gave it; `null` is the instance's own key. */
  signing_key: string | null
  created_at: number
  updated_at: number
}
