import type { InvitationJSON } from '@clerk-server/contract'
import { asWire, type JSONObject, type Wire } from '../json.js'

type InvitationWire = Wire<Invitation, InvitationJSON>

/** An e-mail address that was invited to sign up. Times are numbers as the API sends them: milliseconds since 1970. */
export class Invitation {
  declare id: string
  declare emailAddress: string
  declare createdAt: number
  declare updatedAt: number
  /** What becomes the public metadata of the user who signs up. */
  declare publicMetadata?: Record<string, unknown>
  declare revoked?: boolean
  /** `pending`, `accepted`, `revoked` or `expired`. */
  declare status?: string
  /** Where the invitation leads to. */
  declare url?: string
  declare expiresAt?: number | null

  constructor(data?: Partial<Invitation>)
  /** @internal */
  constructor(data: undefined, json: InvitationWire)
  constructor(data?: Partial<Invitation>, json?: InvitationWire) {
    if (json === undefined) {
      Object.assign(this, data)
      return
    }
    if (json.id !== undefined) this.id = json.id
    if (json.email_address !== undefined) this.emailAddress = json.email_address
    if (json.created_at !== undefined) this.createdAt = json.created_at
    if (json.updated_at !== undefined) this.updatedAt = json.updated_at
    if (json.public_metadata !== undefined) this.publicMetadata = json.public_metadata ?? {}
    if (json.revoked !== undefined) this.revoked = json.revoked
    if (json.status !== undefined) this.status = json.status
    if (json.url !== undefined) this.url = json.url
    if (json.expires_at !== undefined) this.expiresAt = json.expires_at
  }

  static fromJSON(json: JSONObject): Invitation {
    return new Invitation(undefined, asWire(json, json['email_address'] !== undefined))
  }
}
