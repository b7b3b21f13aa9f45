import type { BlocklistIdentifierJSON } from '@clerk-server/contract'
import { asWire, type Deletion, type JSONObject, type Wire } from '../json.js'

type BlocklistIdentifierWire = Wire<BlocklistIdentifier, BlocklistIdentifierJSON, Deletion>

/** An address, a number, or a whole domain that may not sign up. Times are numbers as the API sends them. */
export class BlocklistIdentifier {
  declare id: string
  /** An e-mail address, a phone number with its country code, or `*@example.com`. */
  declare identifier: string
  declare createdAt: number
  declare updatedAt: number
  /** `email_address`, `phone_number` or `web3_wallet`. */
  declare identifierType?: string
  declare instanceId?: string
  /** `blocklist_identifier`, on the answer to a deletion only. */
  declare object?: string
  /** True on the answer to a deletion, which has little else but the id. */
  declare deleted?: boolean

  constructor(data?: Partial<BlocklistIdentifier>)
  /** @internal */
  constructor(data: undefined, json: BlocklistIdentifierWire)
  constructor(data?: Partial<BlocklistIdentifier>, json?: BlocklistIdentifierWire) {
    if (json === undefined) {
      Object.assign(this, data)
      return
    }
    if (json.id !== undefined) this.id = json.id
    if (json.identifier !== undefined) this.identifier = json.identifier
    if (json.identifier_type !== undefined) this.identifierType = json.identifier_type
    if (json.instance_id !== undefined) this.instanceId = json.instance_id
    if (json.created_at !== undefined) this.createdAt = json.created_at
    if (json.updated_at !== undefined) this.updatedAt = json.updated_at
    if (json.deleted !== undefined) {
      this.deleted = json.deleted
      if (json.object !== undefined) this.object = json.object
    }
  }

  static fromJSON(json: JSONObject): BlocklistIdentifier {
    return new BlocklistIdentifier(undefined, asWire(json, json['created_at'] !== undefined))
  }
}
