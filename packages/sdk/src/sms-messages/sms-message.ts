import type { SMSMessageJSON } from '@clerk-server/contract'
import { asWire, type JSONObject, type Wire } from '../json.js'

type SMSMessageWire = Wire<SMSMessage, SMSMessageJSON>

/** A text message that was sent to one of a user's phone numbers. */
export class SMSMessage {
  declare id: string
  declare fromPhoneNumber: string
  declare toPhoneNumber: string
  /** The recipient's number, when it is one of a user's. */
  declare phoneNumberId: string
  declare message: string
  /** `queued`, `submitted` or `failed`. */
  declare status: string

  constructor(data?: Partial<SMSMessage>)
  /** @internal */
  constructor(data: undefined, json: SMSMessageWire)
  constructor(data?: Partial<SMSMessage>, json?: SMSMessageWire) {
    if (json === undefined) {
      Object.assign(this, data)
      return
    }
    if (json.id !== undefined) this.id = json.id
    if (json.from_phone_number !== undefined) this.fromPhoneNumber = json.from_phone_number
    if (json.to_phone_number !== undefined) this.toPhoneNumber = json.to_phone_number
    if (json.phone_number_id !== undefined) this.phoneNumberId = json.phone_number_id
    if (json.message !== undefined) this.message = json.message
    if (json.status !== undefined) this.status = json.status
  }

  static fromJSON(json: JSONObject): SMSMessage {
    return new SMSMessage(undefined, asWire(json, json['phone_number_id'] !== undefined))
  }
}
