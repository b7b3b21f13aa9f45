import type { ClientJSON } from '@clerk-server/contract'
import { asWire, each, type JSONObject, type Wire } from '../json.js'
import { Session } from '../sessions/session.js'

type ClientWire = Wire<Client, ClientJSON, { sign_in_attempt_id: string | null; sign_up_attempt_id: string | null }>

/** A browser or device, with the sessions it has. Times are numbers as the API sends them: milliseconds since 1970. */
export class Client {
  declare id: string
  declare sessionIds: string[]
  declare sessions: Session[]
  declare signUpAttemptId: string | null
  declare signInAttemptId: string | null
  declare lastActiveSessionId: string | null
  declare createdAt: number
  declare updatedAt: number
  /** The same as `signInAttemptId`, under the name that newer versions of the API have for it. */
  declare signInId?: string | null
  /** The same as `signUpAttemptId`, under its newer name. */
  declare signUpId?: string | null
  /** How its user signed in last, such as `email_code`. */
  declare lastAuthenticationStrategy?: string | null

  constructor(data?: Partial<Client>)
  /** @internal */
  constructor(data: undefined, json: ClientWire)
  constructor(data?: Partial<Client>, json?: ClientWire) {
    if (json === undefined) {
      Object.assign(this, { sessions: [] }, data)
      return
    }
    if (json.id !== undefined) this.id = json.id
    if (json.session_ids !== undefined) this.sessionIds = json.session_ids
    this.sessions = each(json.sessions, Session.fromJSON)
    const signUpId = json.sign_up_attempt_id === undefined ? json.sign_up_id : json.sign_up_attempt_id
    if (signUpId !== undefined) this.signUpAttemptId = signUpId
    const signInId = json.sign_in_attempt_id === undefined ? json.sign_in_id : json.sign_in_attempt_id
    if (signInId !== undefined) this.signInAttemptId = signInId
    if (json.last_active_session_id !== undefined) this.lastActiveSessionId = json.last_active_session_id
    if (json.created_at !== undefined) this.createdAt = json.created_at
    if (json.updated_at !== undefined) this.updatedAt = json.updated_at
    if (json.sign_in_id !== undefined) this.signInId = json.sign_in_id
    if (json.sign_up_id !== undefined) this.signUpId = json.sign_up_id
    if (json.last_authentication_strategy !== undefined)
      this.lastAuthenticationStrategy = json.last_authentication_strategy
  }

  static fromJSON(json: JSONObject): Client {
    return new Client(undefined, asWire(json, json['session_ids'] !== undefined))
  }
}
