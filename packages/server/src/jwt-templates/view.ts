import type { JWTTemplateJSON } from '@clerk-server/contract'
import type { JWTTemplatesTable } from '../database/tables/index.js'

/** A stored template as the Backend API shows it: its key stays here. */
export function jwtTemplateView(row: JWTTemplatesTable): JWTTemplateJSON {
  return {
    object: 'jwt_template',
    id: row.id,
    name: row.name,
    claims: JSON.parse(row.claims) as Record<string, unknown>,
    lifetime: row.lifetime,
    allowed_clock_skew: row.allowed_clock_skew,
    custom_signing_key: row.signing_key !== null,
    signing_algorithm: row.signing_algorithm,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}
