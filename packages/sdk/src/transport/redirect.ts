import { HttpError } from '../errors.js'
import { parsed } from './answer.js'
import type { Reply, Sending } from './message.js'

/** Statuses that say where to go on, and how: with the same method and body, or with GET. */
const redirects: Readonly<Record<number, 'same' | 'get'>> = {
  301: 'same',
  302: 'same',
  303: 'get',
  307: 'same',
  308: 'same',
}

/**
 * The request that a redirect asks for. `undefined` when the reply is none, or when it leads to another origin: the key
 * and what is sent with it are for this one only.
 */
export function redirected(sending: Sending, { status, headers }: Reply): Sending | undefined {
  const rule = redirects[status]
  if (rule === undefined || !sending.http.followRedirect || headers.location === undefined) return undefined
  if (!URL.canParse(headers.location, sending.url.href)) return undefined
  const url = new URL(headers.location, sending.url)
  if (url.origin !== sending.url.origin || url.origin === 'null') return undefined
  url.username = ''
  url.password = ''
  if (rule === 'same' || sending.method === 'GET' || sending.method === 'HEAD') return { ...sending, url }
  const { 'content-length': _, ...rest } = sending.headers
  return { ...sending, url, method: 'GET', headers: rest, body: '' }
}

export function tooManyRedirects({ status, text }: Reply, { route, http }: Sending): HttpError {
  const message = `Redirected ${http.maxRedirects} times. Aborting.`
  return new HttpError(status, message, parsed(text) ?? text, { code: 'ERR_TOO_MANY_REDIRECTS', route })
}
