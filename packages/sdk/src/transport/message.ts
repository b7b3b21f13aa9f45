import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import type { HttpSettings } from './http-options.js'

/** One request, ready to be sent. */
export interface Sending {
  /** The name of the call, for errors. */
  readonly route: string
  readonly method: string
  readonly url: URL
  /** By lower-case name. */
  readonly headers: OutgoingHttpHeaders
  readonly body: string
  /** Milliseconds until the last byte of the answer must be here. */
  readonly timeout: number
  readonly http: HttpSettings
}

/** A complete answer, whatever its status. */
export interface Reply {
  readonly status: number
  readonly reason: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** Where it came from, after redirects. */
  readonly url: URL
}
