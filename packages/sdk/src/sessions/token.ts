import { asWire, type JSONObject } from '../json.js'

/** A token that proves a session for a short time. */
export class Token {
  /** Three parts in base64url, to be sent as `Authorization: Bearer <jwt>`. */
  declare jwt: string

  constructor(data?: Partial<Token>)
  /** @internal */
  constructor(data: undefined, json: Partial<Token>)
  constructor(data?: Partial<Token>, json?: Partial<Token>) {
    if (json === undefined) {
      Object.assign(this, data)
      return
    }
    if (json.jwt !== undefined) this.jwt = json.jwt
  }

  static fromJSON(json: JSONObject): Token {
    return new Token(undefined, asWire(json, true))
  }
}
