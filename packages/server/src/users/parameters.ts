import type { Backend, RouteRequest } from '@clerk-server/contract'
import type { Flag } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import { isIdentified } from '../identifications/rules.js'
import type { Passwords, StoredPassword } from '../passwords/passwords.js'
import { checkPassword } from '../passwords/policy.js'
import { metadataFields, metadataText } from './metadata.js'
import { lockedFrom, unlocked } from './standing.js'
import type { NewIdentification, NewUser, StoredUser, UserChange } from './store.js'

type CreateBody = RouteRequest<Backend, 'POST /users', 'output'>['body']
type UpdateBody = RouteRequest<Backend, 'PATCH /users/{user_id}', 'output'>['body']

/**
 * A user as the store takes it, from the parameters of `POST /users`.
 *
 * @throws ApiError for whatever no single parameter shows: a password against the policy, an address given twice,
 *   metadata that is too large, a user whom nothing identifies.
 */
export async function newUser(body: CreateBody, passwords: Passwords, now: number): Promise<NewUser> {
  const identifications = [...identificationsOf(body, 'email_address'), ...identificationsOf(body, 'phone_number')]
  const identifiers = [...identifications.map(({ value }) => value), body.username ?? '']
  requireIdentifier(body, identifications)
  return {
    external_id: body.external_id ?? null,
    username: body.username ?? null,
    first_name: body.first_name ?? null,
    last_name: body.last_name ?? null,
    locale: body.locale ?? null,
    ...((await passwordChange(body, identifiers, passwords, now)) ?? noPassword),
    public_metadata: metadataText(body.public_metadata ?? {}, 'public_metadata'),
    private_metadata: metadataText(body.private_metadata ?? {}, 'private_metadata'),
    unsafe_metadata: metadataText(body.unsafe_metadata ?? {}, 'unsafe_metadata'),
    banned: flag(body.banned ?? false),
    ...unlocked,
    ...(body.locked && lockedFrom(now)),
    delete_self_enabled: flag(body.delete_self_enabled ?? true),
    create_organization_enabled: flag(body.create_organization_enabled ?? true),
    create_organizations_limit: body.create_organizations_limit ?? null,
    bypass_client_trust: flag(body.bypass_client_trust ?? false),
    legal_accepted_at: timeOf(body.legal_accepted_at) ?? null,
    last_sign_in_at: null,
    last_active_at: null,
    created_at: timeOf(body.created_at),
    identifications,
  }
}

/** Someone whom no address, name or id of the application's leads to could never be found again. */
function requireIdentifier(body: CreateBody, identifications: NewIdentification[]): void {
  const { username = null, external_id = null } = body
  if (isIdentified({ username, external_id }, identifications) || body.skip_user_requirement) return
  throw new ApiError('form_data_missing', {
    message: 'a user needs an email_address, a phone_number, a username or an external_id',
  })
}

function identificationsOf(body: CreateBody, type: NewIdentification['type']): NewIdentification[] {
  const values = body[type] ?? []
  const statuses = body[`${type}_identification_status`] ?? []
  if (new Set(values).size < values.length) {
    throw new ApiError('form_param_duplicate', { param: type, message: 'names the same value more than once' })
  }
  if (statuses.length > 0 && statuses.length !== values.length) {
    throw new ApiError('form_param_value_invalid', {
      param: `${type}_identification_status`,
      message: `must have one status for each ${type}`,
    })
  }
  return values.map((value, index) => ({ type, value, status: statuses[index] ?? 'verified' }))
}

/**
 * The columns a change sets. `null` clears what a person may be without; for the rest it means no change, as in forms
 * of version 2.6.3, where a parameter that is undefined arrives empty.
 */
export async function userChange(
  body: UpdateBody,
  { row, identifications }: StoredUser,
  passwords: Passwords,
  now: number,
): Promise<UserChange> {
  const username = body.username === undefined ? row.username : body.username
  const identifiers = [...identifications.map(({ value }) => value), username ?? '']
  const change: UserChange = {
    external_id: body.external_id,
    username: body.username,
    first_name: body.first_name,
    last_name: body.last_name,
    locale: body.locale,
    create_organizations_limit: body.create_organizations_limit,
    legal_accepted_at: timeOf(body.legal_accepted_at),
    primary_email_address_id: body.primary_email_address_id ?? undefined,
    primary_phone_number_id: body.primary_phone_number_id ?? undefined,
    delete_self_enabled: flagOrNone(body.delete_self_enabled),
    create_organization_enabled: flagOrNone(body.create_organization_enabled),
    bypass_client_trust: flagOrNone(body.bypass_client_trust),
    created_at: timeOf(body.created_at),
    ...(await passwordChange(body, identifiers, passwords, now)),
  }
  for (const field of metadataFields) {
    const metadata = body[field]
    if (metadata !== undefined) change[field] = metadataText(metadata ?? {}, field)
  }
  return change
}

type PasswordParameters = Pick<CreateBody, 'password' | 'password_digest' | 'password_hasher' | 'skip_password_checks'>

/** The columns of a password that is given, or of a digest of one; `undefined` when neither is. */
async function passwordChange(
  { password, password_digest: digest, password_hasher: hasher, skip_password_checks }: PasswordParameters,
  identifiers: string[],
  passwords: Passwords,
  now: number,
): Promise<PasswordColumns | undefined> {
  const missing = (param: string, other: string) =>
    new ApiError('form_conditional_param_missing', { param, message: `is required with ${other}` })
  if (digest == null && hasher != null) throw missing('password_digest', 'password_hasher')
  if (digest != null && hasher == null) throw missing('password_hasher', 'password_digest')
  if (digest != null && hasher != null) {
    if (password != null) {
      throw new ApiError('form_conditional_param_disallowed', {
        param: 'password_digest',
        message: 'cannot be given together with password',
      })
    }
    return { ...passwords.adopt(digest, hasher), password_updated_at: now }
  }
  if (password == null) return undefined
  await checkPassword(password, { identifiers, skipChecks: skip_password_checks ?? false })
  return { ...(await passwords.digest(password)), password_updated_at: now }
}

type PasswordColumns = StoredPassword & { password_updated_at: number | null }

export const noPassword: PasswordColumns = { password_digest: null, password_hasher: null, password_updated_at: null }

const flag = (value: boolean): Flag => (value ? 1 : 0)
const flagOrNone = (value: boolean | null | undefined) => (value == null ? undefined : flag(value))
const timeOf = (text: string | null | undefined) => (text == null ? undefined : Date.parse(text))
