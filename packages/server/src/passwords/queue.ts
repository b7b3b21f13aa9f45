import { ApiError } from '../errors.js'

/** Runs work a few pieces at a time, the rest in the order it came. */
export type Queue = <Result>(work: () => Promise<Result>) => Promise<Result>

export interface QueueLimits {
  /** Pieces that run at the same time. */
  running: number
  /** Pieces that wait; whatever comes when there are as many is refused. */
  waiting: number
}

/** The queue throws ApiError `service_unavailable` when it is full. */
export function createQueue({ running, waiting }: QueueLimits): Queue {
  const turns: (() => void)[] = []
  let taken = 0

  /** Whoever ends hands over the place, so that nobody who comes just then is served before those who wait. */
  const leave = () => {
    const next = turns.shift()
    if (next) next()
    else taken--
  }

  return async (work) => {
    if (taken < running) taken++
    else if (turns.length < waiting) await new Promise<void>((resolve) => turns.push(resolve))
    else
      throw new ApiError('service_unavailable', { message: 'too many passwords are waiting to be checked; try again' })
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
