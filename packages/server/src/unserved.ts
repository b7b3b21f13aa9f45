import { type Backend, backend } from '@clerk-server/contract'
import { ApiError } from './errors.js'
import type { App } from './http/app.js'
import { listenTo } from './http/mount.js'

/** Routes of the contract that this server does not serve: they answer 501 and say which they are. */
const unserved = [] as const satisfies readonly (keyof Backend)[]

type Unserved = (typeof unserved)[number]

/** What of the contract this server serves. */
export type Served = Omit<Backend, Unserved>

export const served = Object.fromEntries(
  Object.entries(backend).filter(([key]) => !unserved.includes(key as Unserved)),
) as Served

/** Answers the rest, so that nobody takes an operation that is missing for one that was misspelt. */
export function refuseUnserved(app: App): void {
  for (const key of unserved) {
    listenTo(app, key, () => {
      throw new ApiError('operation_not_implemented', { message: `this server does not serve ${key}` })
    })
  }
}
