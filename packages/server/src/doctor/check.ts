import type { Database } from '../database/database.js'
import type { KeptStorage, ServerOptions } from '../options.js'

export type Verdict = 'ok' | 'warn' | 'fail'

/** What a check found. */
export interface Finding {
  verdict: Verdict
  /** What is so. */
  message: string
  /** What to do about it, where something is to be done. */
  remedy?: string
}

/** What checks look at. */
export interface Patient {
  storage: KeptStorage
  /** What keys are sealed with, if they are. */
  encryptionKeys: Pick<ServerOptions, 'encryptionKey' | 'previousEncryptionKey'>
  /** The mail server that mail leaves through, if one was named. */
  smtpUrl: string | undefined
  /** The open database, where it can be opened. */
  database: Database | undefined
  /** Why it cannot be. */
  databaseProblem: string | undefined
  /** Milliseconds since 1970. */
  now: number
}

/** One thing to look at; `undefined` where there is nothing of the kind. Nothing is changed by looking. */
export type Check = (patient: Patient) => Promise<Finding | undefined>

export const ok = (message: string): Finding => ({ verdict: 'ok', message })
export const warn = (message: string, remedy: string): Finding => ({ verdict: 'warn', message, remedy })
export const fail = (message: string, remedy: string): Finding => ({ verdict: 'fail', message, remedy })
