import { fstatSync } from 'node:fs'
import { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Bytes of log lines that may wait for a slow reader; the lines beyond are dropped, so that no request waits for a log. */
const backlog = 1024 * 1024
/** Milliseconds a reader has to take what is left when the server ends. */
const patience = 200

export interface Log {
  write(line: string): void
  /** Resolves when every line is out, or the reader has taken too long. */
  flush(): Promise<void>
}

/**
 * The standard error as a place for log lines. Node writes to a pipe synchronously: whoever starts a server and does not
 * read its log would stop it after some hundred requests.
 */
export function standardErrorLog(): Log {
  const { fd } = process.stderr
  const status = fstatSync(fd)
  const stream =
    status.isFIFO() || status.isSocket() ? new Socket({ fd, readable: false, writable: true }) : process.stderr
  // A reader that has gone is no reason to end.
  stream.on('error', () => {})
  return {
    write(line) {
      if (stream.writableLength < backlog) stream.write(line)
    },
    async flush() {
      const deadline = performance.now() + patience
      while (stream.writableLength > 0 && performance.now() < deadline) await sleep(10)
    },
  }
}
