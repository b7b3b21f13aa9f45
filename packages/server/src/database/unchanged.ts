import { setImmediate as endOfRound } from 'node:timers/promises'
import type { Database } from './database.js'

/** Answers of the database that are kept for as long as nothing at all is written to it, by whichever process. */
export interface Unchanged<Value> {
  /** What `read` gave last for the key, or gives now. */
  get(key: string, read: () => Promise<Value>): Promise<Value>
}

/**
 * @param most how many answers are kept
 * @returns what keeps none where the database does not name its versions
 */
export function keptWhileUnchanged<Value>({ version }: Pick<Database, 'version'>, most: number): Unchanged<Value> {
  if (!version) return { get: (_key, read) => read() }
  const versionNow = oncePerRound(version)
  let kept = new Map<string, Value>()
  let keptOf: number | undefined

  return {
    async get(key, read) {
      const now = await versionNow()
      if (now !== keptOf) {
        kept = new Map()
        keptOf = now
      }
      const known = kept.get(key)
      if (known !== undefined) return known
      const value = await read()
      // What was read is at least as new as the version that was asked for before.
      if (now === keptOf && kept.size < most) kept.set(key, value)
      return value
    },
  }
}

/** Whoever asks in the same round of the event loop gets what is read at the end of it. */
function oncePerRound<Value>(read: () => Value): () => Promise<Value> {
  let round: Promise<Value> | undefined
  const readAtTheEnd = async () => {
    await endOfRound()
    round = undefined
    return read()
  }
  return () => {
    round ??= readAtTheEnd()
    return round
  }
}
