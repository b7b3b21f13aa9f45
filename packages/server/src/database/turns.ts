/** One at a time, in the order they come. */
export interface Turns {
  readonly taken: boolean
  /** Resolves when it is one's turn, and rejects when that takes too long. */
  take(): Promise<void>
  /** Ends one's turn. */
  pass(): void
}

/**
 * @param patience milliseconds that one waits at most
 * @param tooLong what one is told then
 */
export function createTurns(patience: number, tooLong: () => Error): Turns {
  /** Whom to call up. They leave when they have waited for too long. */
  const waiting = new Set<() => void>()
  let taken = false

  const wait = () =>
    new Promise<void>((resolve, reject) => {
      const calledUp = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        waiting.delete(calledUp)
        reject(tooLong())
      }, patience)
      waiting.add(calledUp)
    })

  return {
    get taken() {
      return taken
    },

    async take() {
      if (taken) await wait()
      taken = true
    },

    pass() {
      const [next] = waiting
      if (!next) {
        taken = false
        return
      }
      waiting.delete(next)
      next()
    },
  }
}
