import { z } from 'zod'
import * as field from '../fields.js'
import { table } from '../route.js'
import { rule } from '../rules.js'
import { Origin } from '../urls.js'

const Instance = z
  .object({
    object: z.literal('instance'),
    id: field.Id,
    environment_type: z.enum(['development', 'production']),
    allowed_origins: z.array(z.string()).nullable(),
    workspace_id: z.string().nullable(),
  })
  .meta({ id: 'Instance' })

export type InstanceJSON = z.output<typeof Instance>

const restrictions = [
  'allowlist',
  'blocklist',
  'allowlist_blocklist_disabled_on_sign_in',
  'block_email_subaddresses',
  'block_disposable_email_domains',
  'ignore_dots_for_gmail_addresses',
] as const

const eachRestriction = <Schema extends z.ZodType>(schema: Schema) =>
  Object.fromEntries(restrictions.map((name) => [name, schema])) as Record<(typeof restrictions)[number], Schema>

const InstanceRestrictions = z
  .object({ object: z.literal('instance_restrictions'), ...eachRestriction(z.boolean()) })
  .meta({ id: 'InstanceRestrictions' })

export type InstanceRestrictionsJSON = z.output<typeof InstanceRestrictions>

/** A switch of the official API that this server does not have: it takes the word that it is off, and no other. */
const off = (because: string) =>
  z
    .boolean()
    .refine((on) => !on, rule('form_param_value_invalid', `cannot be switched on: ${because}`))
    .nullish()

/** How the instance behaves. What is left out stays as it is, and so does a switch that is `null`. */
export const settings = table({
  'GET /instance': { summary: 'Read the instance', returns: Instance },
  'PATCH /instance': {
    summary: 'Change settings of the instance',
    body: z.object({
      test_mode: z.boolean().nullish(),
      hibp: off('this server asks no other service about passwords'),
      enhanced_email_deliverability: off('mail leaves through a mail server of your own'),
      cookieless_dev: off('this server keeps sessions in cookies'),
      url_based_session_syncing: off('this server keeps sessions in cookies'),
      /** `null` clears it, as it does the next two. */
      support_email: field.EmailAddressText.nullish(),
      development_origin: Origin.nullish(),
      allowed_origins: z.array(Origin).max(100).nullish(),
      /** The empty text clears it, and `null` leaves it as it is. */
      preferred_sign_in_strategy_when_password_required: z.enum(['password', 'otp', '']).nullish(),
    }),
    refuses: ['clerk_js_version'],
    returns: z.void(),
    errors: ['form_invalid_origin', 'request_invalid_for_environment'],
  },
  'PATCH /instance/restrictions': {
    summary: 'Change who may sign up to the instance',
    body: z.object(eachRestriction(z.boolean().nullish())),
    returns: InstanceRestrictions,
  },
})
