import type { Clock } from '../../src/transport/clock.js'

/** A clock that stands still, sleeps at once, and remembers for how long it was asked to sleep. */
export interface TestClock extends Clock {
  time: number
  sleeps: number[]
}

export function testClock(time: number = Date.UTC(2030, 0, 1)): TestClock {
  const clock: TestClock = {
    time,
    sleeps: [],
    now: () => clock.time,
    sleep: async (milliseconds: number) => {
      clock.sleeps.push(milliseconds)
      clock.time += milliseconds
    },
    random: () => 0,
  }
  return clock
}
