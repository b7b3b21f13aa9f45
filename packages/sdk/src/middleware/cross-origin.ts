/** Whom a request is for, as its headers say. */
export interface RequestTarget {
  /** The Host header. */
  readonly host?: string | undefined
  /** The X-Forwarded-Host header: what a proxy was asked for. It counts instead of Host. */
  readonly forwardedHost?: string | undefined
  /** The X-Forwarded-Port header. It counts where the host names no port. */
  readonly forwardedPort?: string | undefined
}

interface Place {
  readonly scheme: string
  readonly host: string
  readonly port: string | undefined
}

/** `[::1]:80`, `example.com`, and before it, where there is one, a scheme. */
const places = /^(?:(?:(\w+):)?\/\/)?(\[[\da-f:.]+\]|[^\s:/?#@\\[\],]+)(?::(\d{0,5}))?$/

/** The port that a scheme means when it names none. */
const defaultPorts: ReadonlyMap<string, string> = new Map([
  ['http', '80'],
  ['https', '443'],
])

/**
 * Whether a page of the origin would be of another host or port than the request is for. Schemes are not compared,
 * because a proxy may have ended the encryption. Without an origin nothing is foreign; with one, everything is that
 * cannot be read.
 *
 * @param origin as the Origin header has it
 */
export function isCrossOrigin(origin: string, target: RequestTarget): boolean {
  const from = origin.trim()
  if (from === '') return false
  const page = placeOf(from)
  const own = placeOf(firstOf(target.forwardedHost) || target.host?.trim() || '')
  if (!page || !own || page.host !== own.host) return true
  return !isSamePort(page, own.port ?? forwardedPort(target))
}

/** The same for the page that a Referer header names. */
export function isForeignPage(referer: string, target: RequestTarget): boolean {
  return isCrossOrigin(URL.canParse(referer) ? new URL(referer).origin : 'null', target)
}

function placeOf(text: string): Place | undefined {
  const [, scheme = '', host, port] = places.exec(text.toLowerCase()) ?? []
  return host === undefined ? undefined : { scheme, host, port: port || undefined }
}

/** A port that only one side names must be one that goes without saying. */
function isSamePort({ scheme, port }: Place, own: string | undefined): boolean {
  if (port !== undefined && own !== undefined) return port === own
  if (port !== undefined) return port === defaultPorts.get(scheme)
  return own === undefined || [...defaultPorts.values()].includes(own)
}

function forwardedPort(target: RequestTarget): string | undefined {
  const port = firstOf(target.forwardedPort)
  return /^\d{1,5}$/.test(port) ? port : undefined
}

/** Each proxy adds its own to the list; the first is what the browser asked for. */
function firstOf(list: string | undefined): string {
  const end = list?.indexOf(',') ?? -1
  return (end < 0 ? list : list?.slice(0, end))?.trim() ?? ''
}
