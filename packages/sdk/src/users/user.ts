import type { UserJSON } from '@clerk-server/contract'
import { EmailAddress } from '../email-addresses/email-address.js'
import { asWire, type Deletion, each, type JSONObject, type Wire } from '../json.js'
import { PhoneNumber } from '../phone-numbers/phone-number.js'
import { ExternalAccount } from './external-account.js'

/** A list of identities that this version has no class for: objects as the API sends them. */
type Identities = Record<string, unknown>[]

type UserWire = Wire<User, UserJSON, Deletion & { gender: string; birthday: string }>

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

  constructor(data?: Partial<User>)
  /** @internal */
  constructor(data: undefined, json: UserWire)
  constructor(data?: Partial<User>, json?: UserWire) {
    if (json === undefined) {
      const lists = { emailAddresses: [], phoneNumbers: [], externalAccounts: [] }
      Object.assign(this, { publicMetadata: {}, privateMetadata: {}, ...lists }, data)
      return
    }
    if (json.id !== undefined) this.id = json.id
    if (json.external_id !== undefined) this.externalId = json.external_id
    if (json.username !== undefined) this.username = json.username
    if (json.first_name !== undefined) this.firstName = json.first_name
    if (json.last_name !== undefined) this.lastName = json.last_name
    if (json.gender !== undefined) this.gender = json.gender
    if (json.birthday !== undefined) this.birthday = json.birthday
    if (json.locale !== undefined) this.locale = json.locale
    if (json.has_image !== undefined) this.hasImage = json.has_image
    if (json.image_url !== undefined) this.imageUrl = json.image_url
    const profileImageUrl = json.profile_image_url === undefined ? json.image_url : json.profile_image_url
    if (profileImageUrl !== undefined) this.profileImageUrl = profileImageUrl
    if (json.primary_email_address_id !== undefined) this.primaryEmailAddressId = json.primary_email_address_id
    if (json.primary_phone_number_id !== undefined) this.primaryPhoneNumberId = json.primary_phone_number_id
    if (json.primary_web3_wallet_id !== undefined) this.primaryWeb3WalletId = json.primary_web3_wallet_id
    this.emailAddresses = each(json.email_addresses, EmailAddress.fromJSON)
    this.phoneNumbers = each(json.phone_numbers, PhoneNumber.fromJSON)
    if (json.web3_wallets !== undefined) this.web3Wallets = json.web3_wallets
    if (json.passkeys !== undefined) this.passkeys = json.passkeys
    this.externalAccounts = each(json.external_accounts, ExternalAccount.fromJSON)
    if (json.saml_accounts !== undefined) this.samlAccounts = json.saml_accounts
    if (json.enterprise_accounts !== undefined) this.enterpriseAccounts = json.enterprise_accounts
    // Metadata is an object wherever it is there at all: the API may send null for it.
    this.publicMetadata = json.public_metadata ?? {}
    this.privateMetadata = json.private_metadata ?? {}
    if (json.unsafe_metadata !== undefined) this.unsafeMetadata = json.unsafe_metadata ?? {}
    if (json.password_enabled !== undefined) this.passwordEnabled = json.password_enabled
    if (json.password_last_updated_at !== undefined) this.passwordLastUpdatedAt = json.password_last_updated_at
    if (json.two_factor_enabled !== undefined) this.twoFactorEnabled = json.two_factor_enabled
    if (json.totp_enabled !== undefined) this.totpEnabled = json.totp_enabled
    if (json.backup_code_enabled !== undefined) this.backupCodeEnabled = json.backup_code_enabled
    if (json.mfa_enabled_at !== undefined) this.mfaEnabledAt = json.mfa_enabled_at
    if (json.mfa_disabled_at !== undefined) this.mfaDisabledAt = json.mfa_disabled_at
    if (json.banned !== undefined) this.banned = json.banned
    if (json.locked !== undefined) this.locked = json.locked
    if (json.lockout_expires_in_seconds !== undefined) this.lockoutExpiresInSeconds = json.lockout_expires_in_seconds
    if (json.verification_attempts_remaining !== undefined)
      this.verificationAttemptsRemaining = json.verification_attempts_remaining
    if (json.delete_self_enabled !== undefined) this.deleteSelfEnabled = json.delete_self_enabled
    if (json.create_organization_enabled !== undefined)
      this.createOrganizationEnabled = json.create_organization_enabled
    if (json.create_organizations_limit !== undefined) this.createOrganizationsLimit = json.create_organizations_limit
    if (json.bypass_client_trust !== undefined) this.bypassClientTrust = json.bypass_client_trust
    if (json.legal_accepted_at !== undefined) this.legalAcceptedAt = json.legal_accepted_at
    if (json.last_sign_in_at !== undefined) this.lastSignInAt = json.last_sign_in_at
    if (json.last_active_at !== undefined) this.lastActiveAt = json.last_active_at
    if (json.created_at !== undefined) this.createdAt = json.created_at
    if (json.updated_at !== undefined) this.updatedAt = json.updated_at
    if (json.deleted !== undefined) {
      this.deleted = json.deleted
      if (json.object !== undefined) this.object = json.object
    }
  }

  static fromJSON(json: JSONObject): User {
    return new User(undefined, asWire(json, json['email_addresses'] !== undefined))
  }
}
