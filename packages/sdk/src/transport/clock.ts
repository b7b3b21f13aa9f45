import { setTimeout as sleep } from 'node:timers/promises'

/** Time and chance, so that tests can say what they are. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Rejects as soon as the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<unknown>
  /** From 0 up to, but not including, 1. */
  random(): number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal && { signal }),
  random: () => Math.random(),
}
