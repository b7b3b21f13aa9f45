import { inspect } from 'node:util'
import { redact } from './redaction.js'

type Level = 'debug' | 'info' | 'warn' | 'error'

function log(level: Level, message: unknown): void {
  // Read at every call, so that a program can switch it while it runs.
  if (process.env['CLERK_LOGGING'] !== 'true') return
  // 2.6.3 printed whatever it was given. As a text it can be searched for secrets.
  const text = redact(typeof message === 'string' ? message : inspect(message))
  const line = { timestamp: new Date().toISOString(), level: level.toUpperCase(), message: text }
  // biome-ignore lint/suspicious/noConsole: the one place that prints
  console[level](line)
}

/**
 * Prints `{ timestamp, level, message }` to the console, and only while the environment variable `CLERK_LOGGING` is
 * exactly `true`. Tokens and keys are replaced before anything is printed.
 */
// biome-ignore lint/complexity/noStaticOnlyClass: a class is what 2.6.3 exports
export class Logger {
  static debug(message: string): void {
    log('debug', message)
  }

  static info(message: string): void {
    log('info', message)
  }

  static warn(message: string): void {
    log('warn', message)
  }

  static error(message: string): void {
    log('error', message)
  }
}
