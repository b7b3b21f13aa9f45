import { each, type JSONObject, take } from '../json.js'
import type { AddressAttribute } from './address.js'
import { IdentificationLink } from './identification-link.js'
import { Verification } from './verification.js'

/** One of a user's phone numbers. */
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

  constructor(data: Partial<PhoneNumber> = {}) {
    Object.assign(this, { linkedTo: [] }, data)
  }

  static fromJSON(json: JSONObject): PhoneNumber {
    return new PhoneNumber({
      ...take(json, attributes),
      verification: Verification.fromJSON(json['verification']),
      linkedTo: each(json['linked_to'] ?? json['linkedTo'], IdentificationLink.fromJSON),
    })
  }
}

const attributes = {
  id: 'id',
  phone_number: 'phoneNumber',
  reserved_for_second_factor: 'reservedForSecondFactor',
  default_second_factor: 'defaultSecondFactor',
  reserved: 'reserved',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
} as const satisfies Record<AddressAttribute<'phone_numbers'>, keyof PhoneNumber>
