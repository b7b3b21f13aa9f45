import type { PhoneNumberJSON } from '@clerk-server/contract'
import { asWire, type Deletion, each, type JSONObject, type Wire } from '../json.js'
import { IdentificationLink } from '../users/identification-link.js'
import { Verification } from '../users/verification.js'

type PhoneNumberWire = Wire<PhoneNumber, PhoneNumberJSON, Deletion>

/** One of a user's phone numbers. Times are numbers as the API sends them: milliseconds since 1970. */
export class PhoneNumber {
  declare id: string
  /** With the country code, such as `+14155550123`. */
  declare phoneNumber: string
  declare reservedForSecondFactor: boolean
  declare verification: Verification | null
  declare linkedTo: IdentificationLink[]
  declare defaultSecondFactor?: boolean
  /** True for a number that only keeps others from taking it. */
  declare reserved?: boolean
  declare createdAt?: number
  declare updatedAt?: number
  /** `phone_number`, on the answer to a deletion only. */
  declare object?: string
  /** True on the answer to a deletion, which has nothing else but the id. */
  declare deleted?: boolean

  constructor(data?: Partial<PhoneNumber>)
  /** @internal */
  constructor(data: undefined, json: PhoneNumberWire)
  constructor(data?: Partial<PhoneNumber>, json?: PhoneNumberWire) {
    if (json === undefined) {
      Object.assign(this, { linkedTo: [] }, data)
      return
    }
    if (json.id !== undefined) this.id = json.id
    if (json.phone_number !== undefined) this.phoneNumber = json.phone_number
    if (json.reserved_for_second_factor !== undefined) this.reservedForSecondFactor = json.reserved_for_second_factor
    if (json.default_second_factor !== undefined) this.defaultSecondFactor = json.default_second_factor
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

  static fromJSON(json: JSONObject): PhoneNumber {
    return new PhoneNumber(undefined, asWire(json, json['phone_number'] !== undefined))
  }
}
