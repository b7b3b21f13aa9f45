import type { ClientRequest, RequestOptions } from 'node:http'
import { builtins } from '../builtins.js'
import { HttpError } from '../errors.js'
import { sharedAgents } from './agents.js'
import type { Sending } from './message.js'

/** The request as one of `node:http` or `node:https`, over the connections of its settings. Its end is still to be sent. */
export function open({ method, url, headers, http }: Sending): ClientRequest {
  // Not the URL itself: Node takes much longer for one, since it looks at all that could be in it.
  const options: RequestOptions = {
    method,
    protocol: url.protocol,
    hostname: bare(url.hostname),
    port: url.port === '' ? undefined : Number(url.port),
    path: url.pathname + url.search,
    headers,
  }
  switch (url.protocol) {
    case 'http:':
      options.agent = http.agents.http ?? sharedAgents.http
      return builtins.http.request(options)
    case 'https:':
      options.agent = http.agents.https ?? http.tls?.agent ?? sharedAgents.https
      return builtins.https.request({ ...http.tls?.options, ...options })
    default:
      throw new HttpError(500, `Unsupported protocol "${url.protocol}"`)
  }
}

/** An IPv6 address stands in brackets in a URL, and without them everywhere else. */
const bare = (hostname: string): string => (hostname.startsWith('[') ? hostname.slice(1, -1) : hostname)
