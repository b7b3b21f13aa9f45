import type { JSONObject } from '../json.js'

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

  constructor(data: Partial<ExternalAccount> = {}) {
    Object.assign(this, data)
  }

  static fromJSON(json: JSONObject): ExternalAccount {
    const data: Record<string, unknown> = {}
    for (const [attribute, names] of Object.entries(sources)) {
      const name = names.find((candidate) => json[candidate] !== undefined)
      if (name !== undefined) data[attribute] = json[name]
    }
    const provider = json['provider'] ?? providerOf(json['object'])
    return new ExternalAccount({ ...data, ...(provider !== undefined && { provider: String(provider) }) })
  }
}

/** Where each attribute is found: accounts of each provider have names of their own. The first that is there counts. */
const sources = {
  id: ['id'],
  externalId: ['google_id', 'facebook_id', 'provider_user_id', 'externalId'],
  approvedScopes: ['approved_scopes', 'approvedScopes'],
  emailAddress: ['email_address', 'emailAddress'],
  firstName: ['given_name', 'first_name', 'firstName'],
  lastName: ['family_name', 'last_name', 'lastName'],
  picture: ['picture', 'avatar_url', 'image_url'],
} as const satisfies Partial<Record<keyof ExternalAccount, readonly string[]>>

/** `google_account` → `google`. An account of a provider nobody has heard of yet is an account, too. */
function providerOf(object: unknown): string | undefined {
  return typeof object === 'string' ? object.replace(/_account$/, '') : undefined
}
