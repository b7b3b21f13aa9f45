import type { PageParams } from '../transport/pages.js'

/** An object, or the JSON text of one. */
type Metadata = Record<string, unknown> | string | null | undefined

export interface UserMetadataParams {
  /** What the frontend may see and only the backend may change. */
  publicMetadata?: Metadata
  /** What only the backend may see and change. */
  privateMetadata?: Metadata
  /** What the frontend may see and change. */
  unsafeMetadata?: Metadata
}

interface UserProfileParams extends UserMetadataParams {
  /** The user's id in a system of yours. */
  externalId?: string | null | undefined
  firstName?: string | null | undefined
  lastName?: string | null | undefined
  locale?: string | null | undefined
  username?: string | null | undefined
  password?: string | null | undefined
  /** What another system kept of the password; `passwordHasher` says how it was made. */
  passwordDigest?: string | null | undefined
  /** How `passwordDigest` was made, such as `bcrypt`. */
  passwordHasher?: string | null | undefined
  skipPasswordChecks?: boolean | null | undefined
  /** The secret of the authenticator app that the user has already, in base32: its codes are a second factor from now on. */
  totpSecret?: string | null | undefined
  /** The backup codes that the user has already; they stand in for another second factor, each once. */
  backupCodes?: readonly string[] | null | undefined
  deleteSelfEnabled?: boolean | null | undefined
  createOrganizationEnabled?: boolean | null | undefined
  createOrganizationsLimit?: number | null | undefined
  legalAcceptedAt?: Date | string | null | undefined
  skipLegalChecks?: boolean | null | undefined
  bypassClientTrust?: boolean | null | undefined
  createdAt?: Date | string | null | undefined
}

export interface CreateUserParams extends UserProfileParams {
  emailAddress?: readonly string[] | undefined
  /** One for each e-mail address: `reserved` only keeps others from taking it. Default: `verified`. */
  emailAddressIdentificationStatus?: readonly ('verified' | 'reserved')[] | undefined
  /** With country codes, such as `+14155550123`. */
  phoneNumber?: readonly string[] | undefined
  /** One for each phone number: `reserved` only keeps others from taking it. Default: `verified`. */
  phoneNumberIdentificationStatus?: readonly ('verified' | 'reserved')[] | undefined
  skipPasswordRequirement?: boolean | null | undefined
  skipUserRequirement?: boolean | null | undefined
  banned?: boolean | null | undefined
  locked?: boolean | null | undefined
}

export interface UpdateUserParams extends UserProfileParams {
  primaryEmailAddressId?: string | null | undefined
  /** Another spelling of `primaryEmailAddressId`. */
  primaryEmailAddressID?: string | null | undefined
  primaryPhoneNumberId?: string | null | undefined
  /** Another spelling of `primaryPhoneNumberId`. */
  primaryPhoneNumberID?: string | null | undefined
  /** Sends a mail to the address that was primary until now. Default: `false`. */
  notifyPrimaryEmailAddressChanged?: boolean | null | undefined
  signOutOfOtherSessions?: boolean | null | undefined
}

/** Each is any-of, all together are all-of. */
export interface UserCountParams {
  emailAddress?: readonly string[] | undefined
  phoneNumber?: readonly string[] | undefined
  username?: readonly string[] | undefined
  /** A `-` in front of an id excludes it. */
  externalId?: readonly string[] | undefined
  /** A `-` in front of an id excludes it. */
  userId?: readonly string[] | undefined
}

type UserOrder =
  | 'created_at'
  | 'updated_at'
  | 'email_address'
  | 'web3wallet'
  | 'first_name'
  | 'last_name'
  | 'phone_number'
  | 'username'
  | 'last_active_at'
  | 'last_sign_in_at'

export interface UserListParams extends UserCountParams, PageParams {
  /** `-` in front is descending. The server's default is `-created_at`. */
  orderBy?: UserOrder | `+${UserOrder}` | `-${UserOrder}` | undefined
}

export interface VerifyPasswordParams {
  userId: string
  password: string
}
