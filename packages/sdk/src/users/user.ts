import type { UserJSON } from '@clerk-server/contract'
import { each, type JSONObject, take } from '../json.js'
import { EmailAddress } from './email-address.js'
import { ExternalAccount } from './external-account.js'
import { PhoneNumber } from './phone-number.js'

/** A list of identities that this version has no class for: objects as the API sends them. */
type Identities = Record<string, unknown>[]

/** A user. Times are numbers as the API sends them: milliseconds since 1970. What the API did not send is absent. */
export class User {
  declare id: string
  declare username: string | null
  declare firstName: string | null
  declare lastName: string | null
  declare gender: string
  declare birthday: string
  declare profileImageUrl: string
  declare primaryEmailAddressId: string | null
  declare primaryPhoneNumberId: string | null
  declare passwordEnabled: boolean
  declare twoFactorEnabled: boolean
  /** What the frontend may see and only the backend may change. */
  declare publicMetadata: Record<string, unknown>
  /** What only the backend may see and change. */
  declare privateMetadata: Record<string, unknown>
  declare createdAt: number
  declare updatedAt: number
  declare emailAddresses: EmailAddress[]
  declare phoneNumbers: PhoneNumber[]
  declare externalAccounts: ExternalAccount[]

  /** What the frontend may see and change. */
  declare unsafeMetadata?: Record<string, unknown>
  /** The user's id in a system of yours. */
  declare externalId?: string | null
  declare locale?: string | null
  declare hasImage?: boolean
  declare imageUrl?: string
  declare primaryWeb3WalletId?: string | null
  declare web3Wallets?: Identities
  declare passkeys?: Identities
  declare samlAccounts?: Identities
  declare enterpriseAccounts?: Identities
  declare passwordLastUpdatedAt?: number | null
  declare totpEnabled?: boolean
  declare backupCodeEnabled?: boolean
  declare mfaEnabledAt?: number | null
  declare mfaDisabledAt?: number | null
  declare banned?: boolean
  declare locked?: boolean
  declare lockoutExpiresInSeconds?: number | null
  declare verificationAttemptsRemaining?: number | null
  declare deleteSelfEnabled?: boolean
  declare createOrganizationEnabled?: boolean
  declare createOrganizationsLimit?: number | null
  declare bypassClientTrust?: boolean
  declare legalAcceptedAt?: number | null
  declare lastSignInAt?: number | null
  declare lastActiveAt?: number | null
  /** `user`, on the answer to a deletion only. */
  declare object?: string
  /** True on the answer to a deletion, which has nothing else but the id. */
  declare deleted?: boolean

  constructor(data: Partial<User> = {}) {
    const defaults = {
      publicMetadata: {},
      privateMetadata: {},
      emailAddresses: [],
      phoneNumbers: [],
      externalAccounts: [],
    }
    Object.assign(this, defaults, data)
  }

  static fromJSON(json: JSONObject): User {
    return new User({
      ...take(json, { image_url: 'profileImageUrl' }),
      ...take(json, attributes),
      ...metadataOf(json),
      emailAddresses: each(json['email_addresses'] ?? json['emailAddresses'], EmailAddress.fromJSON),
      phoneNumbers: each(json['phone_numbers'] ?? json['phoneNumbers'], PhoneNumber.fromJSON),
      externalAccounts: each(json['external_accounts'] ?? json['externalAccounts'], ExternalAccount.fromJSON),
      ...(json['deleted'] !== undefined && take(json, { object: 'object', deleted: 'deleted' })),
    })
  }
}

const attributes = {
  id: 'id',
  external_id: 'externalId',
  username: 'username',
  first_name: 'firstName',
  last_name: 'lastName',
  gender: 'gender',
  birthday: 'birthday',
  locale: 'locale',
  has_image: 'hasImage',
  image_url: 'imageUrl',
  profile_image_url: 'profileImageUrl',
  primary_email_address_id: 'primaryEmailAddressId',
  primary_phone_number_id: 'primaryPhoneNumberId',
  primary_web3_wallet_id: 'primaryWeb3WalletId',
  web3_wallets: 'web3Wallets',
  passkeys: 'passkeys',
  saml_accounts: 'samlAccounts',
  enterprise_accounts: 'enterpriseAccounts',
  password_enabled: 'passwordEnabled',
  password_last_updated_at: 'passwordLastUpdatedAt',
  two_factor_enabled: 'twoFactorEnabled',
  totp_enabled: 'totpEnabled',
  backup_code_enabled: 'backupCodeEnabled',
  mfa_enabled_at: 'mfaEnabledAt',
  mfa_disabled_at: 'mfaDisabledAt',
  banned: 'banned',
  locked: 'locked',
  lockout_expires_in_seconds: 'lockoutExpiresInSeconds',
  verification_attempts_remaining: 'verificationAttemptsRemaining',
  delete_self_enabled: 'deleteSelfEnabled',
  create_organization_enabled: 'createOrganizationEnabled',
  create_organizations_limit: 'createOrganizationsLimit',
  bypass_client_trust: 'bypassClientTrust',
  legal_accepted_at: 'legalAcceptedAt',
  last_sign_in_at: 'lastSignInAt',
  last_active_at: 'lastActiveAt',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
} as const satisfies Record<CopiedField | 'gender' | 'birthday', keyof User>

/** What {@link User.fromJSON} copies as it is. A field that the contract gains is missed by the compiler here. */
type CopiedField = Exclude<keyof UserJSON, 'object' | MetadataField | ResourceField>
type MetadataField = 'public_metadata' | 'private_metadata' | 'unsafe_metadata'
type ResourceField = 'email_addresses' | 'phone_numbers' | 'external_accounts'

const metadata = {
  public_metadata: 'publicMetadata',
  private_metadata: 'privateMetadata',
  unsafe_metadata: 'unsafeMetadata',
} as const satisfies Record<MetadataField, keyof User>

/** Metadata is an object wherever it is there at all: the API may send `null` for it. */
function metadataOf(json: JSONObject): Partial<User> {
  const sent = take(json, metadata)
  return Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, value ?? {}]))
}
