import type { UserJSON } from '@clerk-server/contract'
import { asWire, isObject } from '../json.js'

type AddressVerification = NonNullable<UserJSON['email_addresses'][number]['verification']>

type VerificationWire = {
  [Field in Exclude<keyof AddressVerification, 'object'>]?: AddressVerification[Field] | null
} & {
  external_verification_redirect_url?: string | null
}

/** How an address or an account was proven. All five are `null` when there is nothing to tell. */
export class Verification {
  declare status: string | null
  declare strategy: string | null
  declare externalVerificationRedirectURL: URL | null
  declare attempts: number | null
  declare expireAt: number | null

  constructor(data?: Partial<Verification>)
  /** @internal */
  constructor(data: undefined, json: VerificationWire)
  constructor(data?: Partial<Verification>, json?: VerificationWire) {
    if (json === undefined) {
      Object.assign(this, data)
      return
    }
    if (json.status !== undefined) this.status = json.status
    if (json.strategy !== undefined) this.strategy = json.strategy
    this.externalVerificationRedirectURL = parsedURL(json.external_verification_redirect_url)
    if (json.attempts !== undefined) this.attempts = json.attempts
    if (json.expire_at !== undefined) this.expireAt = json.expire_at
  }

  static fromJSON(json: unknown): Verification {
    if (!isObject(json)) return new Verification(undefined, nothing)
    return new Verification(undefined, asWire(json, json['expire_at'] !== undefined))
  }
}

const nothing = { status: null, strategy: null, attempts: null, expire_at: null }

function parsedURL(text: unknown): URL | null {
  return typeof text === 'string' && URL.canParse(text) ? new URL(text) : null
}
