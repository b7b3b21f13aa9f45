import { type ClerkCookies, readCookies } from './cookies.js'
import { isCrossOrigin, isForeignPage, type RequestTarget } from './cross-origin.js'
import { headerText, type RequestHeaders } from './headers.js'

/** What may precede a token, in any case and with any number of spaces. */
const scheme = /^bearer +/i

/** What the rules ask of a request. Beyond the Authorization header, only what one of them asks for is worked out. */
export class RequestFacts {
  readonly isDevelopment: boolean
  /** What the Authorization header carries, when there is one; whether that is a token is not known yet. */
  readonly bearer: string | undefined
  readonly #headers: RequestHeaders
  #cookies: ClerkCookies | undefined

  /** @param isDevelopment whether the key is one of a development instance */
  constructor(headers: RequestHeaders, isDevelopment: boolean) {
    this.#headers = headers
    this.isDevelopment = isDevelopment
    // Node gives names in lower case; requests that were made by hand may not.
    const authorization = headerText(headers, 'authorization') ?? headerText(headers, 'Authorization')
    this.bearer = authorization?.trim().replace(scheme, '')
  }

  get isBrowser(): boolean {
    return this.#text('user-agent').startsWith('Mozilla/')
  }

  get isCrossOrigin(): boolean {
    return isCrossOrigin(this.#text('origin'), this.#target)
  }

  get hasReferer(): boolean {
    return this.#text('referer') !== ''
  }

  /** Whether a person waits for a page: browsers say so by the one header (Fetch Metadata), older ones by the other. */
  get isDocument(): boolean {
    const destination = this.#text('sec-fetch-dest')
    return destination === '' ? this.#text('accept').startsWith('text/html') : destination === 'document'
  }

  get isRefererForeign(): boolean {
    return isForeignPage(this.#text('referer'), this.#target)
  }

  get cookies(): ClerkCookies {
    this.#cookies ??= readCookies(headerText(this.#headers, 'cookie', '; ') ?? '')
    return this.#cookies
  }

  get #target(): RequestTarget {
    return {
      // HTTP/2 has the one in place of the other.
      host: this.#text('host') || this.#text(':authority'),
      forwardedHost: this.#text('x-forwarded-host'),
      forwardedPort: this.#text('x-forwarded-port'),
    }
  }

  #text(name: string): string {
    return headerText(this.#headers, name) ?? ''
  }
}
