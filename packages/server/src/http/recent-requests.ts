import type { Clock } from '../clock.js'

/** What is remembered of a request: nothing that it said, only what it was. */
export interface RecentRequest {
  /** Milliseconds since 1970. */
  at: number
  route: string
  status: number
  milliseconds: number
  traceId: string
}

/** How many are remembered. */
const limit = 100

/** The requests that this process answered last. */
export interface RecentRequests {
  add(request: Omit<RecentRequest, 'at'>): void
  /** The newest first. */
  list(): RecentRequest[]
}

export function createRecentRequests(clock: Clock): RecentRequests {
  const kept: RecentRequest[] = []
  let next = 0
  return {
    add(request) {
      kept[next] = { at: clock(), ...request }
      next = (next + 1) % limit
    },
    list: () => [...kept.slice(next), ...kept.slice(0, next)].reverse(),
  }
}
