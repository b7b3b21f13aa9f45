import { each, type JSONObject, take } from '../json.js'
import type { AddressAttribute } from './address.js'
import { IdentificationLink } from './identification-link.js'

import { Verification } from './verification.js'

/** One of a user's e-mail addresses. */
export class EmailAddress {
  declare id: string
  declare emailAddress: string
  declare verification: Verification | null
  declare linkedTo: IdentificationLink[]
  /** True for an address that only keeps others from taking it. */
  declare reserved?: boolean
  declare createdAt?: number
  declare updatedAt?: number

  constructor(data: Partial<EmailAddress> = {}) {
    Object.assign(this, { linkedTo: [] }, data)
  }

  static fromJSON(json: JSONObject): EmailAddress {
    return new EmailAddress({
      ...take(json, attributes),
      verification: Verification.fromJSON(json['verification']),
      linkedTo: each(json['linked_to'] ?? json['linkedTo'], IdentificationLink.fromJSON),
    })
  }
}

const attributes = {
  id: 'id',
  email_address: 'emailAddress',
  reserved: 'reserved',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
} as const satisfies Record<AddressAttribute<'email_addresses'>, keyof EmailAddress>
