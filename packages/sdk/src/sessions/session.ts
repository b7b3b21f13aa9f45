import type { SessionJSON } from '@clerk-server/contract'
import { type JSONObject, take } from '../json.js'

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

  constructor(data: Partial<Session> = {}) {
    Object.assign(this, data)
  }

  static fromJSON(json: JSONObject): Session {
    return new Session(take(json, attributes))
  }
}

const attributes = {
  id: 'id',
  client_id: 'clientId',
  user_id: 'userId',
  status: 'status',
  actor: 'actor',
  last_active_organization_id: 'lastActiveOrganizationId',
  last_active_at: 'lastActiveAt',
  expire_at: 'expireAt',
  abandon_at: 'abandonAt',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
} as const satisfies Record<Exclude<keyof SessionJSON, 'object'>, keyof Session>
