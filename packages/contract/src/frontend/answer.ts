import { z } from 'zod'
import type { Route } from '../route.js'
import { Client } from './client.js'

/** What a route of the Frontend API answers with, as a whole: beside what it returns, the browser's client. */
export const answerOf = (route: Route): z.ZodType =>
  route.bare ? route.returns : z.object({ response: route.returns, client: Client.nullable() })

/** What stands beside the errors of a failure, of a browser that is known. */
export const FailureMeta = z.object({ client: Client })
