import type { Backend } from '@clerk-server/contract'
import { HttpError } from '../errors.js'
import type { ReadySettings } from '../options.js'
import { understand } from '../transport/answer.js'
import { exchange } from '../transport/exchange.js'
import { compose } from '../transport/request.js'

/** Milliseconds in which the public keys must be here: whoever shows a token waits for them. */
const deadline = 5000

/**
 * Fetches the public keys from the server of the settings, over the connections that calls use, but without retries.
 *
 * @throws Error whose message is the low-level one, or the reason phrase of the answer.
 */
export async function fetchKeySet(settings: ReadySettings, now: () => number): Promise<unknown> {
  const sending = compose(settings, 'GET /jwks' satisfies keyof Backend)
  const reply = await exchange({ ...sending, timeout: Math.min(sending.timeout, deadline) })
  if (reply instanceof HttpError) throw reply
  if (reply.status !== 200) throw new Error(reply.reason || `Response code ${reply.status}`)
  return understand(reply, sending, now())
}
