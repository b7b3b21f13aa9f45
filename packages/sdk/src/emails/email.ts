import type { EmailJSON } from '@clerk-server/contract'
import { asWire, type JSONObject, type Wire } from '../json.js'

type EmailWire = Wire<Email, EmailJSON>

/** An e-mail that was sent to one of a user's addresses. */
export class Email {
  declare id: string
  /** The part of the sender in front of the `@`. */
  declare fromEmailName: string
  declare toEmailAddress: string
  /** The recipient's address, when it is one of a user's. */
  declare emailAddressId: string
  declare subject: string
  declare body: string
  /** `queued`, `submitted` or `failed`. */
  declare status: string

  constructor(data?: Partial<Email>)
  /** @internal */
  constructor(data: undefined, json: EmailWire)
  constructor(data?: Partial<Email>, json?: EmailWire) {
    if (json === undefined) {
      Object.assign(this, data)
      return
    }
    if (json.id !== undefined) this.id = json.id
    if (json.from_email_name !== undefined) this.fromEmailName = json.from_email_name
    if (json.to_email_address !== undefined) this.toEmailAddress = json.to_email_address
    if (json.email_address_id !== undefined) this.emailAddressId = json.email_address_id
    if (json.subject !== undefined) this.subject = json.subject
    if (json.body !== undefined) this.body = json.body
    if (json.status !== undefined) this.status = json.status
  }

  static fromJSON(json: JSONObject): Email {
    return new Email(undefined, asWire(json, json['email_address_id'] !== undefined))
  }
}
