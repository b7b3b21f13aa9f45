import { isObject, take } from '../json.js'

/** How an address or an account was proven. All five are `null` when there is nothing to tell. */
export class Verification {
  declare status: string | null
  declare strategy: string | null
  declare externalVerificationRedirectURL: URL | null
  declare attempts: number | null
  declare expireAt: number | null

  constructor(data: Partial<Verification> = {}) {
    Object.assign(this, data)
  }

  static fromJSON(json: unknown): Verification {
    if (!isObject(json)) return new Verification(nothing)
    return new Verification({
      ...take(json, attributes),
      externalVerificationRedirectURL: parsedURL(json['external_verification_redirect_url']),
    })
  }
}

const attributes = { status: 'status', strategy: 'strategy', attempts: 'attempts', expire_at: 'expireAt' } as const

const nothing = { status: null, strategy: null, externalVerificationRedirectURL: null, attempts: null, expireAt: null }

function parsedURL(text: unknown): URL | null {
  return typeof text === 'string' && URL.canParse(text) ? new URL(text) : null
}
