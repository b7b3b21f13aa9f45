import { asWire, type JSONObject } from '../json.js'

/** What providers call the same things. */
interface ExternalAccountWire {
  object?: string
  id?: string
  provider?: string
  google_id?: string
  facebook_id?: string
  provider_user_id?: string
  external_id?: string
  approved_scopes?: string
  email_address?: string
  given_name?: string
  first_name?: string
  family_name?: string
  last_name?: string
  picture?: string
  avatar_url?: string
  image_url?: string
}

/** A user's account at a provider, such as Google. */
export class ExternalAccount {
  declare id: string
  /** `google`, `facebook`, … */
  declare provider: string
  /** The account's id at the provider. */
  declare externalId: string
  /** As the provider wrote them, parted by spaces. */
  declare approvedScopes: string
  declare emailAddress: string
  declare firstName: string
  declare lastName: string
  /** The URL of a picture. */
  declare picture: string

  constructor(data?: Partial<ExternalAccount>)
  /** @internal */
  constructor(data: undefined, json: ExternalAccountWire)
  constructor(data?: Partial<ExternalAccount>, json?: ExternalAccountWire) {
    if (json === undefined) {
      Object.assign(this, data)
      return
    }
    const provider = providerOf(json)
    const externalId = first(json.google_id, json.facebook_id, json.provider_user_id, json.external_id)
    const firstName = first(json.given_name, json.first_name)
    const lastName = first(json.family_name, json.last_name)
    const picture = first(json.picture, json.avatar_url, json.image_url)
    if (json.id !== undefined) this.id = json.id
    if (provider !== undefined) this.provider = provider
    if (externalId !== undefined) this.externalId = externalId
    if (json.approved_scopes !== undefined) this.approvedScopes = json.approved_scopes
    if (json.email_address !== undefined) this.emailAddress = json.email_address
    if (firstName !== undefined) this.firstName = firstName
    if (lastName !== undefined) this.lastName = lastName
    if (picture !== undefined) this.picture = picture
  }

  static fromJSON(json: JSONObject): ExternalAccount {
    return new ExternalAccount(undefined, asWire(json, json['email_address'] !== undefined))
  }
}

/** The first that is there, be it `null`. */
const first = <Value>(...candidates: Value[]): Value | undefined => candidates.find((value) => value !== undefined)

/** Accounts that say by their kind of which provider they are, whatever else they say. */
const providers: ReadonlyMap<unknown, string> = new Map([
  ['google_account', 'google'],
  ['facebook_account', 'facebook'],
])

/** An account of a kind that nobody has heard of yet is an account, too: `gitlab_account` → `gitlab`. */
function providerOf({ object, provider }: ExternalAccountWire): string | undefined {
  if (object === 'external_account') return provider
  return providers.get(object) ?? provider ?? object?.replace(/_account$/, '')
}
