import type { Logger } from './logger.js'

/** Milliseconds between two rounds. */
const interval = 60 * 60 * 1000

/** What drops something that nobody will ask for any more, by what it is called in the log. */
export type Chores = Readonly<Record<string, () => Promise<void>>>

export interface Housekeeping {
  /** Resolves when nothing is being done any more. */
  close(): Promise<void>
}

/** Goes through all chores now, and once an hour from then on. One that fails is logged, and tried again at the next round. */
export function startHousekeeping(chores: Chores, logger: Logger): Housekeeping {
  let isClosed = false
  let round = goThrough()
  const rounds = setInterval(() => {
    round = round.then(goThrough)
  }, interval).unref()

  async function goThrough(): Promise<void> {
    for (const [name, chore] of Object.entries(chores)) {
      if (isClosed) return
      await chore().catch((err: unknown) => logger.error({ err }, `${name} cannot be deleted`))
    }
  }

  return {
    async close() {
      isClosed = true
      clearInterval(rounds)
      await round
    },
  }
}
