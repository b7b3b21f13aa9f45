import type { SessionJSON } from '@clerk-server/contract'
import { asWire, type JSONObject, type Wire } from '../json.js'

/** A user being signed in on one client. Times are numbers as the API sends them: milliseconds since 1970. */
export class Session {
  declare id: string
  declare clientId: string
  declare userId: string
  /** `active`, `revoked`, `ended`, `expired`, `removed`, `abandoned`, `replaced` or `pending`. */
  declare status: string
  declare lastActiveAt: number
  declare expireAt: number
  declare abandonAt: number
  declare createdAt?: number
  declare updatedAt?: number
  /** Who acts as the user, when it is somebody else. */
  declare actor?: Record<string, unknown> | null
  declare lastActiveOrganizationId?: string | null

  constructor(data?: Partial<Session>)
  /** @internal */
  constructor(data: undefined, json: Wire<Session, SessionJSON>)
  constructor(data?: Partial<Session>, json?: Wire<Session, SessionJSON>) {
    if (json === undefined) {
      Object.assign(this, data)
      return
    }
    if (json.id !== undefined) this.id = json.id
    if (json.client_id !== undefined) this.clientId = json.client_id
    if (json.user_id !== undefined) this.userId = json.user_id
    if (json.status !== undefined) this.status = json.status
    if (json.actor !== undefined) this.actor = json.actor
    if (json.last_active_organization_id !== undefined) this.lastActiveOrganizationId = json.last_active_organization_id
    if (json.last_active_at !== undefined) this.lastActiveAt = json.last_active_at
    if (json.expire_at !== undefined) this.expireAt = json.expire_at
    if (json.abandon_at !== undefined) this.abandonAt = json.abandon_at
    if (json.created_at !== undefined) this.createdAt = json.created_at
    if (json.updated_at !== undefined) this.updatedAt = json.updated_at
  }

  static fromJSON(json: JSONObject): Session {
    return new Session(undefined, asWire(json, json['client_id'] !== undefined))
  }
}
