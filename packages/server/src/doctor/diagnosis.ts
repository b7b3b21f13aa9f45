import { existsSync } from 'node:fs'
import type { Database } from '../database/database.js'
import { databasePath } from '../instance/database-file.js'
import { openBeside } from '../instance/storage.js'
import type { KeptStorage } from '../options.js'
import { type Finding, fail, type Patient } from './check.js'
import { checks } from './checks.js'

export interface Diagnosis extends Finding {
  check: string
}

type Surroundings = Omit<Patient, 'database' | 'databaseProblem'>

/** Looks at everything that can keep a server from starting or from working, and changes nothing. */
export async function diagnose(surroundings: Surroundings): Promise<Diagnosis[]> {
  const { database, databaseProblem } = await open(surroundings.storage)
  const found: Diagnosis[] = []
  try {
    for (const [check, look] of Object.entries(checks)) {
      const finding = await look({ ...surroundings, database, databaseProblem }).catch((error: Error) =>
        fail(`could not be looked at: ${error.message}`, 'see what the message says'),
      )
      if (finding) found.push({ check, ...finding })
    }
    return found
  } finally {
    await database?.close()
  }
}

interface Opened {
  database?: Database
  databaseProblem?: string
}

async function open(storage: KeptStorage): Promise<Opened> {
  if ('dataDir' in storage && !existsSync(databasePath(storage.dataDir))) return {}
  try {
    return { database: await openBeside(storage) }
  } catch (error) {
    return { databaseProblem: (error as Error).message }
  }
}
