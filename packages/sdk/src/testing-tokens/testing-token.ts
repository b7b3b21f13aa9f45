import type { TestingTokenJSON } from '@clerk-server/contract'
import { asWire, type JSONObject, type Wire } from '../json.js'

type TestingTokenWire = Wire<TestingToken, TestingTokenJSON>

/** What lets an automated test pass bot protection. */
export class TestingToken {
  declare token: string
  /** Seconds since 1970, unlike every other time. */
  declare expiresAt: number

  constructor(data?: Partial<TestingToken>)
  /** @internal */
  constructor(data: undefined, json: TestingTokenWire)
  constructor(data?: Partial<TestingToken>, json?: TestingTokenWire) {
    if (json === undefined) {
      Object.assign(this, data)
      return
    }
    if (json.token !== undefined) this.token = json.token
    if (json.expires_at !== undefined) this.expiresAt = json.expires_at
  }

  static fromJSON(json: JSONObject): TestingToken {
    return new TestingToken(undefined, asWire(json, json['expires_at'] !== undefined))
  }
}
