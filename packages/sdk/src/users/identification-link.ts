import { type JSONObject, take } from '../json.js'

/** Something else that proves the same address, such as an account at a provider. */
export class IdentificationLink {
  declare id: string
  declare type: string

  constructor(data: Partial<IdentificationLink> = {}) {
    Object.assign(this, data)
  }

  static fromJSON(json: JSONObject): IdentificationLink {
    return new IdentificationLink(take(json, { id: 'id', type: 'type' }))
  }
}
