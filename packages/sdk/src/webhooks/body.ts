import type { Readable } from 'node:stream'
import { isAnyArrayBuffer } from 'node:util/types'
import { builtins } from '../builtins.js'
import { WebhookError } from './error.js'
import { valuesOf, type WebhookHeaders } from './headers.js'

/**
 * A request with an event in it: of the Fetch API, of Express, Next or plain `node:http`, or its parts. The body must be
 * what was sent, byte by byte: a text, bytes, or a stream that nobody has read from. A request without a `body` must be
 * such a stream itself.
 */
export interface WebhookRequest {
  headers: WebhookHeaders
  body?: unknown
}

/** What a body may weigh that is read here, in bytes: before it is verified, it may come from anybody. */
const largestBody = 1024 * 1024

/**
 * The body as it was sent. A stream is read to its end.
 *
 * @throws WebhookError when the body is not as it was sent any more, is too large, or breaks off.
 */
export async function rawBody(request: WebhookRequest): Promise<Buffer> {
  const { body } = request
  if (typeof body === 'string') return Buffer.from(body)
  if (ArrayBuffer.isView(body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  if (isAnyArrayBuffer(body)) return Buffer.from(body)
  // A Request of the Fetch API says null when it was sent without a body.
  if (body === null && 'bodyUsed' in request) return Buffer.alloc(0)
  const stream = body ?? request
  if (!isStream(stream)) throw notRaw(body === undefined || body === null ? 'there is none' : 'it was parsed before')
  if (wasRead(stream)) throw notRaw('it was read before')
  if (valuesOf(request.headers, 'content-length').some((length) => Number(length) > largestBody)) throw tooLarge()
  return readAll(stream)
}

/** Of Node or of the web. */
type Stream = Readable & { locked?: boolean }

const isStream = (value: unknown): value is Stream =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value

const wasRead = (stream: Stream): boolean => builtins.stream.Readable.isDisturbed(stream) || stream.locked === true

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of stream) {
      // A stream that was given an encoding has texts in it, which become bytes here, too.
      const bytes = Buffer.from(chunk)
      size += bytes.length
      if (size > largestBody) throw tooLarge()
      chunks.push(bytes)
    }
  } catch (error) {
    if (error instanceof WebhookError) throw error
    throw new WebhookError('body_incomplete', 'The body of the webhook broke off.', error)
  }
  return Buffer.concat(chunks)
}

const tooLarge = () =>
  new WebhookError('body_too_large', `The body of the webhook is larger than ${largestBody} bytes.`)

const notRaw = (what: string) =>
  new WebhookError(
    'body_not_raw',
    `The raw body of the webhook is needed, but ${what}. In Express, give the route express.raw({ type: 'application/json' }), before any express.json(). In an API route of Next.js, export const config = { api: { bodyParser: false } }. Elsewhere, pass { headers, body } with the body as a text or a Buffer.`,
  )
