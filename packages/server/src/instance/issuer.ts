import { StartupError } from '../startup-error.js'

/** The issuer of a development instance, unless it is given another. Nothing ever connects to that host (RFC 6761). */
export const developmentIssuer = 'https://clerk.localhost'

/**
 * Checks the `iss` of an instance's tokens and gives it back as URLs are written.
 *
 * @throws StartupError (exit code 2) when it is none that published clients accept
 */
export function readIssuer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:' || text.replace(/\/$/, '').toLowerCase() !== url.origin) {
    throw refused(text, 'it is no https address that ends with its host')
  }
  if (!/^clerk\.[^.]/.test(url.hostname)) {
    throw refused(text, 'version 2.6.3 of the SDK accepts tokens only of issuers that begin with https://clerk.')
  }
  return url.origin
}

const refused = (text: string, reason: string) =>
  new StartupError(`the issuer must be like https://clerk.example.com, not "${text}": ${reason}`, { exitCode: 2 })
