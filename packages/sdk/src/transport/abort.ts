import { hide } from '../hidden.js'

/** What a single call can be told, besides its parameters. */
export interface CallOptions {
  /**
   * Gives the call up when it aborts, at any moment: nothing more is sent, and the call rejects at once with the signal's
   * reason, which is an `AbortError` unless the signal says otherwise.
   */
  signal?: AbortSignal | null | undefined
}

/**
 * Runs `work` until it ends or the caller gives it up. What `work` is handed aborts together with the caller's signal but
 * belongs to this call: whatever listens to it leaves nothing behind at a signal that outlives a thousand calls.
 */
export function untilAborted<T>(
  given: AbortSignal | null | undefined,
  work: (signal?: AbortSignal) => Promise<T>,
): Promise<T> {
  return given === undefined || given === null ? work() : againstSignal(given, work)
}

async function againstSignal<T>(given: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  // Told by what it can do: a signal may come from another realm.
  if (typeof given.addEventListener !== 'function') throw new Error('signal must be an AbortSignal.')
  throwIfAborted(given)
  const call = new AbortController()
  let forget = () => {}
  const aborted = new Promise<never>((_, reject) => {
    forget = whenAborted(given, () => {
      reject(reasonOf(given))
      call.abort()
    })
  })
  try {
    return await Promise.race([aborted, work(call.signal)])
  } finally {
    forget()
  }
}

interface Waiting {
  readonly acts: Set<() => void>
  readonly listener: () => void
}

/** What waits for each signal. One listener stands for all of it, because Node warns of a leak at the eleventh. */
const waiting = new WeakMap<AbortSignal, Waiting>()

/** Runs `act` when the signal aborts. Gives what undoes that. */
function whenAborted(signal: AbortSignal, act: () => void): () => void {
  const { acts, listener } = waiting.get(signal) ?? begin(signal)
  acts.add(act)
  return () => {
    acts.delete(act)
    if (acts.size > 0) return
    signal.removeEventListener('abort', listener)
    waiting.delete(signal)
  }
}

function begin(signal: AbortSignal): Waiting {
  const acts = new Set<() => void>()
  const listener = () => {
    for (const act of acts) act()
  }
  signal.addEventListener('abort', listener)
  waiting.set(signal, { acts, listener })
  return { acts, listener }
}

export function throwIfAborted(signal: AbortSignal | null | undefined): void {
  if (signal?.aborted) throw reasonOf(signal)
}

function reasonOf({ reason }: AbortSignal): Error {
  if (reason instanceof Error) return reason
  const error = new DOMException('This operation was aborted', 'AbortError')
  hide(error, { cause: reason })
  return error
}
