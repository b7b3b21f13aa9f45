import type { ClientRequest } from 'node:http'
import type { Socket } from 'node:net'
import { builtins } from '../builtins.js'
import { TimeoutError } from '../errors.js'
import { expectField, fieldsOf } from './fields.js'

/** Time limits in milliseconds, each for one phase of one attempt. A kept connection skips the first three. */
export interface TimeoutOptions {
  /** Finding the address of the host. */
  lookup?: number | undefined
  /** Connecting to the address. */
  connect?: number | undefined
  /** The TLS handshake. */
  secureConnect?: number | undefined
  /** Nothing going over the connection in either direction. */
  socket?: number | undefined
  /** Sending the request. */
  send?: number | undefined
  /** From the last byte of the request to the headers of the answer. */
  response?: number | undefined
  /** The whole attempt, from its start to the last byte of the answer. Default: 30000. */
  request?: number | undefined
}

type Phase = keyof TimeoutOptions

/** The limits of the phases that were given one; the limit of the whole is kept apart, because it always has one. */
export type PhaseLimits = { readonly [Name in Exclude<Phase, 'request'>]?: number }

const phases: readonly Phase[] = ['lookup', 'connect', 'secureConnect', 'socket', 'send', 'response', 'request']

/** The longest delay a timer of Node can have. */
const longestTimeout = 2_147_483_647

const isTimeout = (value: unknown): value is number =>
  typeof value === 'number' && value >= 1 && value <= longestTimeout

const description = `a number of milliseconds from 1 to ${longestTimeout}`

/** Reads `httpOptions.timeout`: a number is the limit of the whole attempt. */
export function readTimeout(value: unknown): { timeout?: number; limits?: PhaseLimits } {
  if (typeof value !== 'object') {
    const timeout = expectField('timeout', value, isTimeout, description)
    return timeout === undefined ? {} : { timeout }
  }
  const { request: timeout, ...limits } = Object.fromEntries(
    Object.entries(fieldsOf('timeout', value, phases)).map(([name, limit]) => [
      name,
      expectField(`timeout.${name}`, limit, isTimeout, description) as number,
    ]),
  )
  return { limits, ...(timeout !== undefined && { timeout }) }
}

/** Calls `expire`, once at most for each limit, when the request, or a phase of it, takes longer than it may. */
export function watch(
  request: ClientRequest,
  timeout: number,
  limits: PhaseLimits,
  expire: (error: TimeoutError) => void,
): void {
  const timer = setTimeout(() => expire(timedOut('request', timeout)), timeout)
  request.on('close', () => clearTimeout(timer))
  if (Object.keys(limits).length > 0) watchPhases(request, limits, expire)
}

function watchPhases(request: ClientRequest, limits: PhaseLimits, expire: (error: TimeoutError) => void): void {
  const timers = new Set<NodeJS.Timeout>()
  request.on('close', () => {
    for (const timer of timers) clearTimeout(timer)
  })
  /** Begins a phase and gives what ends it. */
  const begin = (phase: keyof PhaseLimits): (() => void) => {
    const limit = limits[phase]
    if (limit === undefined) return () => {}
    const timer = setTimeout(() => expire(timedOut(phase, limit)), limit)
    timers.add(timer)
    return () => clearTimeout(timer)
  }
  request.once('socket', (socket) => {
    if (socket.connecting) watchConnecting(socket, builtins.net.isIP(request.host) !== 0, begin)
    const sent = socket.connecting ? undefined : begin('send')
    if (sent) request.once('finish', sent)
    else socket.once('connect', () => request.once('finish', begin('send')))
  })
  let answered = false
  request.once('response', () => {
    answered = true
  })
  request.once('finish', () => {
    if (!answered) request.once('response', begin('response'))
  })
  const { socket: idle } = limits
  if (idle === undefined) return
  request.setTimeout(idle, () => {
    // An agent may have a limit of its own for idle connections, which is told of in the same way.
    if (request.socket?.timeout === idle) expire(timedOut('socket', idle))
  })
}

function watchConnecting(socket: Socket, isAddress: boolean, begin: (phase: keyof PhaseLimits) => () => void): void {
  if (isAddress) socket.once('connect', begin('connect'))
  else {
    const found = begin('lookup')
    socket.once('lookup', () => {
      found()
      socket.once('connect', begin('connect'))
    })
  }
  if ('encrypted' in socket) socket.once('connect', () => socket.once('secureConnect', begin('secureConnect')))
}

const timedOut = (phase: Phase, limit: number) =>
  new TimeoutError(500, `Timeout awaiting '${phase}' for ${limit}ms`, undefined, { code: 'ETIMEDOUT' })
