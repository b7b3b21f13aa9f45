import { z } from 'zod'
import * as field from '../fields.js'
import { table } from '../route.js'
import { rule } from '../rules.js'
import { Deleted, Paginated } from './objects.js'

/** RFC 7518 §3.1: an HMAC with a shared secret, or RSA PKCS #1. */
const SigningAlgorithm = z.enum(['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512'])

const JWTTemplate = z
  .object({
    object: z.literal('jwt_template'),
    id: field.Id,
    name: z.string(),
    claims: field.Metadata,
    /** Seconds. */
    lifetime: z.int(),
    /** Seconds. */
    allowed_clock_skew: z.int(),
    custom_signing_key: z.boolean(),
    signing_algorithm: SigningAlgorithm,
    created_at: field.Timestamp,
    updated_at: field.Timestamp,
  })
  .meta({ id: 'JWTTemplate' })

export type JWTTemplateJSON = z.output<typeof JWTTemplate>

/** It stands in paths. */
const Name = z
  .string()
  .min(1)
  .max(256)
  .refine(
    (value) => /^[\w-]*$/.test(value),
    rule('form_param_format_invalid', 'may have only letters, digits, "_" and "-"'),
  )

const settings = {
  lifetime: field.TokenLifetime.nullish(),
  allowed_clock_skew: z.int().min(0).max(300).nullish(),
  custom_signing_key: z.boolean().nullish(),
  signing_algorithm: SigningAlgorithm.nullish(),
  signing_key: z.string().max(16_384).nullish(),
}

const settingErrors = [
  'form_conditional_param_disallowed',
  'form_conditional_param_missing',
  'form_identifier_exists',
  'form_param_exceeds_allowed_size',
  'jwt_template_reserved_claim',
] as const

export const jwtTemplates = table({
  'GET /jwt_templates': {
    summary: 'List the templates of tokens, the newest first',
    query: z.object({ paginated: z.boolean().default(false), ...field.Page }),
    returns: z.union([z.array(JWTTemplate), Paginated(JWTTemplate)]),
  },
  'POST /jwt_templates': {
    summary: 'Create a template for tokens',
    body: z.object({ name: Name, claims: field.Metadata, ...settings }),
    returns: JWTTemplate,
    errors: settingErrors,
  },
  'GET /jwt_templates/{template_id}': {
    summary: 'Read a template',
    returns: JWTTemplate,
    errors: ['resource_not_found'],
  },
  'PATCH /jwt_templates/{template_id}': {
    summary: 'Change a template; what is not given stays as it is',
    body: z.object({ name: Name.optional(), claims: field.Metadata.optional(), ...settings }),
    returns: JWTTemplate,
    errors: [...settingErrors, 'resource_not_found'],
  },
  'DELETE /jwt_templates/{template_id}': {
    summary: 'Delete a template; tokens made to it stay valid until they expire',
    returns: Deleted('jwt_template'),
    errors: ['resource_not_found'],
  },
})
