import { pino } from 'pino'
import type { ServerOptions } from './options.js'

type Write = (fields: object, message: string) => void

/** What happens, told in lines of JSON. An error goes by the name `err`. */
export interface Logger extends Record<'debug' | 'info' | 'warn' | 'error', Write> {
  /** Whether what has this level is told at all. */
  isLevelEnabled(level: 'debug' | 'info'): boolean
}

/** Without a place for the lines nothing is told. */
export const createLogger = ({ log, logLevel = 'info' }: Pick<ServerOptions, 'log' | 'logLevel'>): Logger =>
  log ? pino({ level: logLevel }, log) : pino({ enabled: false })
