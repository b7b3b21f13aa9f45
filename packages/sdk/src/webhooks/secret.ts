import { WebhookError } from './error.js'

const variable = 'CLERK_WEBHOOK_SIGNING_SECRET'

/** The fewest bytes that Standard Webhooks allows for a secret. */
const fewestBytes = 24

/**
 * The key in a signing secret, which is base64 behind `whsec_`. The prefix may be missing.
 *
 * @param given in place of what the environment says at this moment
 * @throws WebhookError when there is none, or it cannot be one. The message never shows any of it.
 */
export function signingKey(given: string | undefined): Buffer {
  const secret: unknown = given ?? process.env[variable]
  if (secret === undefined || secret === '') {
    throw new WebhookError(
      'secret_missing',
      `The signing secret of the webhook is missing: set ${variable} or pass { signingSecret }.`,
    )
  }
  const text = typeof secret === 'string' ? secret.replace(/^whsec_/, '') : ''
  const key = Buffer.from(text, 'base64')
  // Node passes over what is not base64: what it understood must be all there is.
  if (key.length >= fewestBytes && key.toString('base64') === text) return key
  throw new WebhookError(
    'secret_malformed',
    `The signing secret of the webhook is malformed: it must be whsec_ and the base64 of ${fewestBytes} bytes or more, as the dashboard shows it, without spaces, line breaks or quotes.`,
  )
}
