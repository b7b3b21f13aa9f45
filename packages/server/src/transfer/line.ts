import { backend } from '@clerk-server/contract'
import { z } from 'zod'
import type { IdentificationsTable, TOTPsTable, UsersTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import { type HasherName, hashers } from '../passwords/hashers/index.js'
import type { StoredPassword } from '../passwords/passwords.js'
import { type Metadata, type MetadataField, metadataText } from '../users/metadata.js'

/** A schema for every column of a table: one that is missing here does not compile. */
type Columns<Table> = { [Column in keyof Table]-?: z.ZodType<Table[Column]> }

/** What both databases can keep as it is. */
const text = z.string().refine((value) => !/[\0\p{Surrogate}]/u.test(value), {
  message: 'must be well-formed text without NUL characters',
})
const time = z.int()
const count = z.int().min(0)

/** `true` or `false` in a line, 1 or 0 in a column. */
const flag = z.codec(z.boolean(), z.union([z.literal(0), z.literal(1)]), {
  decode: (given) => (given ? 1 : 0),
  encode: (stored) => stored === 1,
})

/** An object in a line, JSON text in a column. Its keys keep the order that the application gave them. */
const metadata = (field: MetadataField) =>
  z.codec(z.custom<Metadata>(isObject, 'must be an object'), z.string(), {
    decode(given, context) {
      try {
        return metadataText(given, field)
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        context.issues.push({ code: 'custom', message: error.message, input: given })
        return z.NEVER
      }
    },
    encode: (stored) => JSON.parse(stored) as Metadata,
  })

/** An object in a line, the server's own JSON text in a column. */
const object = z.codec(z.custom<Record<string, unknown>>(isObject, 'must be an object'), z.string(), {
  decode: (given) => JSON.stringify(given),
  encode: (stored) => JSON.parse(stored) as Record<string, unknown>,
})

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One of the values of a column, of which none can be left out here. */
const everyOf = <Value extends string>(values: Record<Value, true>) => z.enum(Object.keys(values) as [Value])

/**
 * What follows from what else there is. Of backup codes nothing is in a line: their digests are made with a secret of the
 * instance, and are good for nothing in another.
 */
type SecondFactor = 'totp_enabled' | 'backup_code_enabled'

const userColumns = {
  id: text.min(1),
  external_id: text.nullable(),
  username: text.nullable(),
  first_name: text.nullable(),
  last_name: text.nullable(),
  locale: text.nullable(),
  primary_email_address_id: text.nullable(),
  primary_phone_number_id: text.nullable(),
  password_digest: text.nullable(),
  password_hasher: z.enum(Object.keys(hashers) as [HasherName]).nullable(),
  password_updated_at: time.nullable(),
  public_metadata: metadata('public_metadata'),
  private_metadata: metadata('private_metadata'),
  unsafe_metadata: metadata('unsafe_metadata'),
  banned: flag,
  locked: flag,
  lockout_expires_at: time.nullable(),
  failed_verifications: count,
  delete_self_enabled: flag,
  create_organization_enabled: flag,
  create_organizations_limit: count.nullable(),
  bypass_client_trust: flag,
  legal_accepted_at: time.nullable(),
  last_sign_in_at: time.nullable(),
  last_active_at: time.nullable(),
  mfa_enabled_at: time.nullable(),
  mfa_disabled_at: time.nullable(),
  created_at: time,
  updated_at: time,
} satisfies Columns<Omit<UsersTable, SecondFactor>>

const identificationColumns = {
  id: text.min(1),
  type: everyOf<IdentificationsTable['type']>({ email_address: true, phone_number: true }),
  value: text,
  status: everyOf<IdentificationsTable['status']>({ verified: true, reserved: true, unverified: true }),
  verification: object.nullable(),
  reserved_for_second_factor: flag,
  default_second_factor: flag,
  position: count,
  created_at: time,
  updated_at: time,
} satisfies Columns<Omit<IdentificationsTable, 'user_id'>>

/** The secret is in the clear: what it is sealed with, another instance does not have. */
const totpColumns = {
  secret: z.string().regex(/^[A-Z2-7]{16,128}$/, 'must be base32'),
  last_step: count.nullable(),
  created_at: time,
  updated_at: time,
} satisfies Columns<Omit<TOTPsTable, 'id' | 'user_id' | 'verified'>>

const forms: Record<IdentificationsTable['type'], z.ZodType<string>> = {
  email_address: backend['POST /email_addresses'].body.shape.email_address,
  phone_number: backend['POST /phone_numbers'].body.shape.phone_number,
}

const Identification = z.strictObject(identificationColumns).refine(
  // In any other form nobody would find it again.
  ({ type, value }) => forms[type].safeParse(value).data === value,
  { message: 'must be a valid address, in the form it is compared in', path: ['value'] },
)

/** A user in one line of an export. */
export const UserLine = z
  .strictObject({
    ...userColumns,
    identifications: z.array(Identification),
    /** The authenticator application, once it is verified. Lines of the first versions have none. */
    totp: z.strictObject(totpColumns).nullable().default(null),
  })
  .refine(
    hasReadablePassword,
    'the password_digest must be one of the password_hasher, and neither is there without the other',
  )
  .refine((user) => ownsPrimary(user, 'email_address'), 'the primary e-mail address must be one of the identifications')
  .refine((user) => ownsPrimary(user, 'phone_number'), 'the primary phone number must be one of the identifications')

/** A digest that cannot be read would keep its user from ever signing in. */
function hasReadablePassword({ password_digest: digest, password_hasher: hasher }: StoredPassword): boolean {
  if (digest === null || hasher === null) return digest === null && hasher === null
  return hashers[hasher].read(digest) !== undefined
}

/** A user as the tables have one, but for what its identifications all have in common. */
export type TransferredUser = z.output<typeof UserLine>

type Primaries = Pick<UsersTable, 'primary_email_address_id' | 'primary_phone_number_id'> & {
  identifications: Pick<IdentificationsTable, 'id' | 'type'>[]
}

function ownsPrimary(user: Primaries, type: IdentificationsTable['type']): boolean {
  const primary = user[`primary_${type}_id`]
  return primary === null || user.identifications.some((one) => one.id === primary && one.type === type)
}

export const userColumnNames = Object.keys(userColumns) as (keyof typeof userColumns)[]

export const identificationColumnNames = Object.keys(identificationColumns) as (keyof typeof identificationColumns)[]
export const totpColumnNames = Object.keys(totpColumns) as (keyof typeof totpColumns)[]

/** The one text of a user: keys in their order, no spaces. */
export function userLine(user: TransferredUser): string {
  const { identifications, totp = null, ...columns } = z.encode(UserLine, user)
  return JSON.stringify(
    sorted({ ...columns, identifications: identifications.map(sorted), totp: totp && sorted(totp) }),
  )
}

const sorted = (object: object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))
