import { type JSONObject, take } from '../json.js'

/** A token that proves a session for a short time. */
export class Token {
  /** Three parts in base64url, to be sent as `Authorization: Bearer <jwt>`. */
  declare jwt: string

  constructor(data: Partial<Token> = {}) {
    Object.assign(this, data)
  }

  static fromJSON(json: JSONObject): Token {
    return new Token(take(json, { jwt: 'jwt' }))
  }
}
