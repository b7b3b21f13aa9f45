import type { SignInTokenJSON } from '@clerk-server/contract'
import { asWire, type JSONObject, type Wire } from '../json.js'

type SignInTokenWire = Wire<SignInToken, SignInTokenJSON>

/** A ticket that signs a user in, once. Times are numbers as the API sends them: milliseconds since 1970. */
export class SignInToken {
  declare id: string
  declare userId: string
  /** `pending`, `accepted` or `revoked`. */
  declare status: string
  /** The secret itself, on the answer to the creation only. */
  declare token?: string
  /** Where a browser takes the ticket to. */
  declare url?: string | null
  declare createdAt: number
  declare updatedAt: number

  constructor(data?: Partial<SignInToken>)
  /** @internal */
  constructor(data: undefined, json: SignInTokenWire)
  constructor(data?: Partial<SignInToken>, json?: SignInTokenWire) {
    if (json === undefined) {
      Object.assign(this, data)
      return
    }
    if (json.id !== undefined) this.id = json.id
    if (json.user_id !== undefined) this.userId = json.user_id
    if (json.status !== undefined) this.status = json.status
    if (json.token !== undefined) this.token = json.token
    if (json.url !== undefined) this.url = json.url
    if (json.created_at !== undefined) this.createdAt = json.created_at
    if (json.updated_at !== undefined) this.updatedAt = json.updated_at
  }

  static fromJSON(json: JSONObject): SignInToken {
    return new SignInToken(undefined, asWire(json, json['user_id'] !== undefined))
  }
}
