import { admit, answered } from './admit.js'
import type { Guard } from './guard.js'
import type { MiddlewareRequest } from './request.js'

/** A handler for `app.use` and the like. It settles when it has called `next`, once, or has answered itself. */
export type Middleware = (req: MiddlewareRequest, res: unknown, next: (error?: unknown) => void) => Promise<void>

/** Middleware for Express, Connect, and whatever else has `next`. */
export const middleware =
  (guard: Guard): Middleware =>
  async (req, res, next) => {
    const outcome = await admit(guard, req, res)
    if (outcome === answered) return
    // Without an argument, not with `undefined`: handlers may count them.
    return outcome ? next(outcome) : next()
  }
