/** Somebody to wait for who can be early. */
export interface Alarm {
  /** Resolves after the milliseconds, or when it rings; whether it rang. A ring that nobody waited for is kept. */
  wait(milliseconds: number): Promise<boolean>
  ring(): void
}

export function createAlarm(): Alarm {
  let rung = false
  let wake: (() => void) | undefined
  return {
    async wait(milliseconds) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          // Waiting for messages is no reason for a program to go on.
          const timer = setTimeout(resolve, milliseconds).unref()
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      const rang = rung
      rung = false
      wake = undefined
      return rang
    },
    ring() {
      rung = true
      wake?.()
    },
  }
}
