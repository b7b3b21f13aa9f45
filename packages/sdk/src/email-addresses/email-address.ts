import type { EmailAddressJSON } from '@clerk-server/contract'
import { asWire, type Deletion, each, type JSONObject, type Wire } from '../json.js'
import { IdentificationLink } from '../users/identification-link.js'
import { Verification } from '../users/verification.js'

type EmailAddressWire = Wire<EmailAddress, EmailAddressJSON, Deletion>

/** One of a user's e-mail addresses. Times are numbers as the API sends them: milliseconds since 1970. */
export class EmailAddress {
  declare id: string
  declare emailAddress: string
  declare verification: Verification | null
  declare linkedTo: IdentificationLink[]
  /** True for an address that only keeps others from taking it. */
  declare reserved?: boolean
  declare createdAt?: number
  declare updatedAt?: number
  /** `email_address`, on the answer to a deletion only. */
  declare object?: string
  /** True on the answer to a deletion, which has nothing else but the id. */
  declare deleted?: boolean

  constructor(data?: Partial<EmailAddress>)
  /** @internal */
  constructor(data: undefined, json: EmailAddressWire)
  constructor(data?: Partial<EmailAddress>, json?: EmailAddressWire) {
    if (json === undefined) {
      Object.assign(this, { linkedTo: [] }, data)
      return
    }
    if (json.id !== undefined) this.id = json.id
    if (json.email_address !== undefined) this.emailAddress = json.email_address
    if (json.reserved !== undefined) this.reserved = json.reserved
    this.verification = Verification.fromJSON(json.verification)
    this.linkedTo = each(json.linked_to, IdentificationLink.fromJSON)
    if (json.created_at !== undefined) this.createdAt = json.created_at
    if (json.updated_at !== undefined) this.updatedAt = json.updated_at
    if (json.deleted !== undefined) {
      this.deleted = json.deleted
      if (json.object !== undefined) this.object = json.object
    }
  }

  static fromJSON(json: JSONObject): EmailAddress {
    return new EmailAddress(undefined, asWire(json, json['email_address'] !== undefined))
  }
}
