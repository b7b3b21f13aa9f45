import type { Backend, RouteRequest } from '@clerk-server/contract'
import { ApiError } from '../errors.js'
import { checkSigningKey } from '../tokens/custom-signature.js'
import { metadataText } from '../users/metadata.js'
import type { JWTTemplateValues } from './store.js'

type CreateBody = RouteRequest<Backend, 'POST /jwt_templates', 'output'>['body']
type UpdateBody = RouteRequest<Backend, 'PATCH /jwt_templates/{template_id}', 'output'>['body']

/** Seconds, for what a template does not say. */
const defaults = { lifetime: 60, allowed_clock_skew: 5 }

/**
 * What a token says of itself and of a session. A token made to a template has the first six from us; with one of the
 * others it could pass for a session token.
 */
const reserved = ['azp', 'exp', 'iat', 'iss', 'jti', 'nbf', 'sub', 'sid', 'sts', 'fva', 'v', 'pla', 'fea']

/** A template as the store takes it. @throws ApiError for what no single parameter shows */
export const newTemplate = (body: CreateBody): JWTTemplateValues => ({
  name: body.name,
  claims: claimsText(body.claims),
  lifetime: body.lifetime ?? defaults.lifetime,
  allowed_clock_skew: body.allowed_clock_skew ?? defaults.allowed_clock_skew,
  ...signing(body, { signing_algorithm: 'RS256', signing_key: null }),
})

/** What a change makes of a template; `null` sets a default again. @throws ApiError as {@link newTemplate} does */
export const changedTemplate = (body: UpdateBody, before: JWTTemplateValues): JWTTemplateValues => ({
  name: body.name ?? before.name,
  claims: body.claims ? claimsText(body.claims) : before.claims,
  lifetime: changed(body.lifetime, before.lifetime, defaults.lifetime),
  allowed_clock_skew: changed(body.allowed_clock_skew, before.allowed_clock_skew, defaults.allowed_clock_skew),
  ...signing(body, before),
})

const changed = (given: number | null | undefined, before: number, usual: number) =>
  given === undefined ? before : (given ?? usual)

function claimsText(claims: Record<string, unknown>): string {
  const taken = reserved.filter((name) => Object.hasOwn(claims, name))
  if (taken.length === 0) return metadataText(claims, 'claims')
  throw new ApiError('jwt_template_reserved_claim', {
    param: 'claims',
    message: `must not have ${taken.join(', ')}: tokens get what is to be there by themselves`,
  })
}

type Signing = Pick<JWTTemplateValues, 'signing_algorithm' | 'signing_key'>

function signing(body: UpdateBody, before: Signing): Signing {
  const key = body.signing_key || undefined
  if (!(body.custom_signing_key ?? before.signing_key !== null)) {
    if (key !== undefined) throw disallowed('signing_key')
    if ((body.signing_algorithm ?? 'RS256') !== 'RS256') throw disallowed('signing_algorithm')
    return { signing_algorithm: 'RS256', signing_key: null }
  }
  const algorithm = body.signing_algorithm ?? (before.signing_key === null ? undefined : before.signing_algorithm)
  const kept = key ?? before.signing_key ?? undefined
  if (algorithm === undefined) throw missing('signing_algorithm')
  if (kept === undefined) throw missing('signing_key')
  checkSigningKey(algorithm, kept)
  return { signing_algorithm: algorithm, signing_key: kept }
}

const disallowed = (param: string) =>
  new ApiError('form_conditional_param_disallowed', { param, message: 'goes with custom_signing_key: true only' })

const missing = (param: string) =>
  new ApiError('form_conditional_param_missing', { param, message: 'is required with custom_signing_key: true' })
