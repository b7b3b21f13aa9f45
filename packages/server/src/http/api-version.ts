import type { Context } from 'hono'
import { ApiError } from '../errors.js'

/** What a client speaks that names no version, as the one from 2022 does. */
export const noVersion = { version: '2021-02-05', announced: false }

export interface ApiVersion {
  /** `YYYY-MM-DD`, so that versions compare as text. */
  version: string
  /** Whether the client named it. */
  announced: boolean
}

/** The API version a client asks for. A date later than any known version is fine: published browser clients send one. */
export function apiVersion(c: Context): ApiVersion {
  const header = c.req.header('clerk-api-version')
  const query = c.req.query('__clerk_api_version')
  if (header !== undefined && query !== undefined) {
    throw new ApiError('api_version_invalid', {
      message: 'the API version must be in the header or in the query, not in both',
    })
  }
  const version = header ?? query
  if (version === undefined) return noVersion
  if (!/^\d{4}-\d{2}-\d{2}$/.test(version)) throw new ApiError('api_version_invalid')
  return { version, announced: true }
}
