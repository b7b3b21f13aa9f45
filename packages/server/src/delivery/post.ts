import { lookup } from 'node:dns'
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { isIP, type LookupFunction } from 'node:net'
import { isPublic } from './addresses.js'
import { DeliveryError } from './transport.js'

/** Milliseconds the other side has to answer. */
const patience = 10_000

export interface Post {
  url: URL
  headers: Record<string, string>
  body: string
  signal: AbortSignal
  /** Whether this machine and private networks may be posted to. */
  allowPrivate: boolean
}

export interface PostAnswer {
  status: number
  retryAfter: string | undefined
}

/**
 * Posts a body over HTTP. Redirects are answers like others, and of the answer's body nothing is read. Where private
 * networks are refused, it is the address that the connection goes to that is looked at, whatever name led there.
 *
 * @throws DeliveryError when there is no answer
 */
export async function post({ url, headers, body, signal, allowPrivate }: Post): Promise<PostAnswer> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // A host that is an address is never looked up.
  if (!allowPrivate && isIP(host) && !isPublic(host)) throw privateTarget(host)
  const { request } = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    agent: false,
    ...(!allowPrivate && { lookup: publicOnly }),
  }
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = request(url, options, (response: IncomingMessage) => {
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] })
      response.destroy()
    })
    sent.on('error', (error) => reject(unreachable(error)))
    sent.end(body)
  })
}

const publicOnly: LookupFunction = (name, options, done) =>
  lookup(name, { ...options, all: true }, (error, addresses) => {
    const closed = addresses?.find(({ address }) => !isPublic(address))
    const [first] = addresses ?? []
    if (error || !first) done(error, '')
    else if (closed) done(privateTarget(closed.address), '')
    else if (options.all) done(null, addresses)
    else done(null, first.address, first.family)
  })

const privateTarget = (address: string) =>
  new DeliveryError(
    `the hook is at ${address}, which is not on the public internet; --sms-webhook-allow-private permits that`,
    { reason: 'private target' },
  )

function unreachable(error: NodeJS.ErrnoException): DeliveryError {
  if (error instanceof DeliveryError) return error
  if (error.name === 'AbortError') return new DeliveryError('the hook did not answer in time', { reason: 'timeout' })
  return new DeliveryError(`the hook cannot be reached: ${error.message || error.code}`, {
    reason: error.code ?? error.name,
    cause: error,
  })
}
