import { z } from 'zod'
import * as field from '../fields.js'
import { table } from '../route.js'
import { rule } from '../rules.js'
import { Deleted, TotalCount } from './objects.js'
import { PasswordText, password, passwordErrors } from './passwords.js'
import { secondFactorErrors, secondFactors } from './second-factors.js'
import { User } from './user.js'

const DeletedUser = Deleted('user').extend({ external_id: z.string().optional() }).meta({ id: 'DeletedUser' })

/** `verified` is the default. A `reserved` address is not verified, and kept from everybody else all the same. */
const IdentificationStatus = z.enum(['verified', 'reserved'])

const metadata = {
  public_metadata: field.Metadata.optional(),
  private_metadata: field.Metadata.optional(),
  unsafe_metadata: field.Metadata.optional(),
}

const nullableMetadata = {
  public_metadata: field.Metadata.nullish(),
  private_metadata: field.Metadata.nullish(),
  unsafe_metadata: field.Metadata.nullish(),
}

/** What a caller may set when the user is created and change later. */
const profile = {
  external_id: field.Text().min(1).nullish(),
  first_name: field.Text().nullish(),
  last_name: field.Text().nullish(),
  locale: field.Text(35).nullish(),
  username: field.Username.nullish(),
  ...password,
  ...secondFactors,
  delete_self_enabled: z.boolean().nullish(),
  create_organization_enabled: z.boolean().nullish(),
  create_organizations_limit: z.int().min(0).nullish(),
  legal_accepted_at: field.DateTime.nullish(),
  skip_legal_checks: z.boolean().nullish(),
  bypass_client_trust: z.boolean().nullish(),
  created_at: field.DateTime.nullish(),
}

/** What can be wrong with it. */
const profileErrors = [
  'form_identifier_exists',
  'form_param_exceeds_allowed_size',
  'form_username_invalid_character',
  'form_username_invalid_length',
  ...passwordErrors,
  ...secondFactorErrors,
] as const

const CreateUser = z.object({
  ...profile,
  ...nullableMetadata,
  email_address: z.array(field.EmailAddressText).max(100).optional(),
  email_address_identification_status: z.array(IdentificationStatus).max(100).optional(),
  phone_number: z.array(field.PhoneNumberText).max(100).optional(),
  phone_number_identification_status: z.array(IdentificationStatus).max(100).optional(),
  skip_password_requirement: z.boolean().nullish(),
  skip_user_requirement: z.boolean().nullish(),
  banned: z.boolean().nullish(),
  locked: z.boolean().nullish(),
})

const UpdateUser = z.object({
  ...profile,
  ...nullableMetadata,
  primary_email_address_id: field.Reference.nullish(),
  primary_phone_number_id: field.Reference.nullish(),
  notify_primary_email_address_changed: z.boolean().nullish(),
  sign_out_of_other_sessions: z.boolean().nullish(),
})

/** As many as the official API changes at once. */
const SeveralUsers = z.object({ user_ids: z.array(field.Reference).min(1).max(50) })

const UserFilter = z.object({
  email_address: field.anyOf(field.EmailAddressFilter),
  phone_number: field.anyOf(field.PhoneNumberFilter),
  username: field.anyOf(z.string().trim().toLowerCase()),
  web3_wallet: field.anyOf(z.string().trim()),
  /** Prefix `+` (or nothing) to include, `-` to exclude. */
  external_id: field.anyOf(z.string().trim()),
  /** Prefix `+` (or nothing) to include, `-` to exclude. */
  user_id: field.anyOf(z.string().trim()),
  /** Prefix `+` (or nothing) to include, `-` to exclude. */
  organization_id: field.anyOf(z.string().trim()),
  /** Such as `oauth_google`; goes with `provider_user_id`. */
  provider: z.string().trim().optional(),
  provider_user_id: field.anyOf(z.string().trim()),
  /** A part of any address, number, user name, name or id. */
  query: field.Part.optional(),
  email_address_query: field.Part.optional(),
  phone_number_query: field.Part.overwrite(field.withoutPunctuation).optional(),
  username_query: field.Part.optional(),
  name_query: field.Part.optional(),
  banned: z.boolean().optional(),
  created_at_before: z.int().optional(),
  created_at_after: z.int().optional(),
  last_active_at_before: z.int().optional(),
  last_active_at_after: z.int().optional(),
  /** The older name of `last_active_at_after`, which has the moment itself in it. */
  last_active_at_since: z.int().optional(),
  last_sign_in_at_before: z.int().optional(),
  last_sign_in_at_after: z.int().optional(),
})

/** An id of a provider says nothing without the provider, nor the other way round. */
const withProvider = <Filter extends typeof UserFilter>(filter: Filter) =>
  filter
    .refine(({ provider, provider_user_id }) => provider === undefined || provider_user_id !== undefined, {
      ...rule('form_conditional_param_missing', 'is required where there is a provider'),
      path: ['provider_user_id'],
    })
    .refine(({ provider, provider_user_id }) => provider !== undefined || provider_user_id === undefined, {
      ...rule('form_conditional_param_missing', 'is required where there is a provider_user_id'),
      path: ['provider'],
    })

export const userOrders = [
  'created_at',
  'updated_at',
  'email_address',
  'web3wallet',
  'first_name',
  'last_name',
  'phone_number',
  'username',
  'last_active_at',
  'last_sign_in_at',
] as const

const UserPage = withProvider(
  UserFilter.extend({
    ...field.Page,
    order_by: field.OrderBy(userOrders).default('-created_at'),
    /** The id of the last user of the page before. */
    starting_after: field.Reference.optional(),
  }),
)
  .refine(({ starting_after, order_by }) => starting_after === undefined || /^[+-]?created_at$/.test(order_by), {
    ...rule('form_conditional_param_disallowed', 'goes with an order_by created_at only'),
    path: ['starting_after'],
  })
  .refine(({ starting_after, offset }) => starting_after === undefined || offset === 0, {
    ...rule('form_conditional_param_disallowed', 'cannot be combined with an offset'),
    path: ['starting_after'],
  })

const filterErrors = ['form_conditional_param_missing'] as const

export const users = table({
  'GET /users': {
    summary: 'List users',
    query: UserPage,
    returns: z.array(User),
    errors: ['form_conditional_param_disallowed', 'form_resource_not_found', ...filterErrors],
  },
  'GET /users/count': {
    summary: 'Count users',
    query: withProvider(UserFilter),
    returns: TotalCount,
    errors: filterErrors,
  },
  'GET /users/{user_id}': { summary: 'Read a user', returns: User, errors: ['resource_not_found'] },
  'POST /users': {
    summary: 'Create a user, whose addresses count as verified and the first of each kind as primary',
    body: CreateUser,
    refuses: ['web3_wallet'],
    returns: User,
    errors: ['form_data_missing', ...profileErrors],
  },
  'PATCH /users/{user_id}': {
    summary: 'Change a user',
    body: UpdateUser,
    aliases: {
      primary_email_address_i_d: 'primary_email_address_id',
      primary_phone_number_i_d: 'primary_phone_number_id',
    },
    refuses: ['primary_web3_wallet_id', 'profile_image_id'],
    removed: { public_metadata: '2026-05-12', private_metadata: '2026-05-12', unsafe_metadata: '2026-05-12' },
    returns: User,
    errors: [
      'form_data_missing',
      'form_resource_not_found',
      'form_verification_needed',
      'resource_not_found',
      ...profileErrors,
    ],
  },
  'PATCH /users/{user_id}/metadata': {
    summary: "Merge into a user's metadata, key by key at every depth; null removes a key",
    body: z.object(metadata),
    returns: User,
    errors: ['form_param_exceeds_allowed_size', 'resource_not_found'],
  },
  'PUT /users/{user_id}/metadata': {
    summary: "Replace those of a user's metadata that are given",
    body: z.object(metadata),
    returns: User,
    errors: ['form_param_exceeds_allowed_size', 'resource_not_found'],
  },
  'POST /users/{user_id}/ban': {
    summary: 'Ban a user, which ends their sessions',
    returns: User,
    errors: ['resource_not_found'],
  },
  'POST /users/{user_id}/unban': { summary: 'Lift the ban of a user', returns: User, errors: ['resource_not_found'] },
  'POST /users/ban': {
    summary: 'Ban several users, or none if one of them is not there',
    body: SeveralUsers,
    returns: z.array(User),
    errors: ['resource_not_found'],
  },
  'POST /users/unban': {
    summary: 'Lift the bans of several users, or none if one of them is not there',
    body: SeveralUsers,
    returns: z.array(User),
    errors: ['resource_not_found'],
  },
  'POST /users/{user_id}/lock': {
    summary: 'Keep a user from signing in for an hour',
    returns: User,
    errors: ['resource_not_found'],
  },
  'POST /users/{user_id}/unlock': {
    summary: 'Let a locked user sign in',
    returns: User,
    errors: ['resource_not_found'],
  },
  'POST /users/{user_id}/verify_password': {
    summary: "Check a password against a user's",
    body: z.object({ password: PasswordText }),
    returns: z.object({ verified: z.literal(true) }),
    errors: ['form_password_size_in_bytes_exceeded', 'incorrect_password', 'no_password_set', 'resource_not_found'],
  },
  'POST /users/{user_id}/remove_password': {
    summary: 'Take the password of a user away',
    body: z.object({ sign_out_of_other_sessions: z.boolean().default(false) }),
    returns: User,
    errors: ['resource_not_found'],
  },
  'DELETE /users/{user_id}': {
    summary: 'Delete a user with everything that is theirs',
    returns: DeletedUser,
    errors: ['resource_not_found'],
  },
})
