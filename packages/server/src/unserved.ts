import { type Backend, backend, unservedOperations } from '@clerk-server/contract'
import { ApiError } from './errors.js'
import type { App } from './http/app.js'
import { listenTo } from './http/mount.js'

/** Routes of the contract that this server does not serve yet. */
const unservedRoutes = [] as const satisfies readonly (keyof Backend)[]

type UnservedRoute = (typeof unservedRoutes)[number]

/** What of the contract this server serves. */
export type Served = Omit<Backend, UnservedRoute>

export const served = Object.fromEntries(
  Object.entries(backend).filter(([key]) => !unservedRoutes.includes(key as UnservedRoute)),
) as Served

const unserved: readonly string[] = [...unservedRoutes, ...unservedOperations]

/** Where published clients leave out the `/v1` that all other paths begin with. */
const withoutVersion = ['/api_keys', '/m2m_tokens', '/oauth_applications/access_tokens']

/** What of these operations is beside `/v1`; it is behind the secret key like everything under it. */
export const pathsWithoutVersion = withoutVersion.map((path) => `${path}/*`)

/**
 * Answers 501 to what is not served, so that nobody takes an operation that is missing for one that was misspelt. To be
 * called when everything that is served is there already: that wins where both fit a path.
 */
export function refuseUnserved(app: App): void {
  const api = app.basePath('/v1')
  for (const key of unserved) {
    refuse(api, key)
    if (withoutVersion.some((path) => key.includes(` ${path}`))) refuse(app, key)
  }
}

function refuse(app: App, key: string): void {
  listenTo(app, key, () => {
    throw new ApiError('operation_not_implemented', { message: `this server does not serve ${key}` })
  })
}
