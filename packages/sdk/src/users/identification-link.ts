import { asWire, type JSONObject } from '../json.js'

/** Something else that proves the same address, such as an account at a provider. */
export class IdentificationLink {
  declare id: string
  declare type: string

  constructor(data?: Partial<IdentificationLink>)
  /** @internal */
  constructor(data: undefined, json: Partial<IdentificationLink>)
  constructor(data?: Partial<IdentificationLink>, json?: Partial<IdentificationLink>) {
    if (json === undefined) {
      Object.assign(this, data)
      return
    }
    if (json.id !== undefined) this.id = json.id
    if (json.type !== undefined) this.type = json.type
  }

  static fromJSON(json: JSONObject): IdentificationLink {
    return new IdentificationLink(undefined, asWire(json, true))
  }
}
