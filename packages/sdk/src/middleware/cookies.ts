/** What is read from cookies. A cookie that is absent is as good as an empty one. */
export interface ClerkCookies {
  /** A session token. */
  readonly session: string
  /** The second since 1970 in which somebody signed in or out last, or `0` when nobody is signed in. */
  readonly clientUat: string
}

/** The first cookie of exactly this name, up to the semicolon: neither quotes nor percent signs mean anything. */
const patterns = {
  session: /(?:^|;) *__session=([^;]*)/,
  clientUat: /(?:^|;) *__client_uat=([^;]*)/,
} as const

/** Reads a Cookie header in a time that is linear in its length, whatever it is. */
export function readCookies(header: string): ClerkCookies {
  return {
    session: patterns.session.exec(header)?.[1] ?? '',
    clientUat: patterns.clientUat.exec(header)?.[1] ?? '',
  }
}
