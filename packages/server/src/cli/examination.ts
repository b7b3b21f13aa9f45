import { type Diagnosis, diagnose } from '../doctor/diagnosis.js'
import type { KeptStorage } from '../options.js'
import { encryptionKeys } from './encryption-keys.js'

interface ExaminationArguments {
  storage: KeptStorage
  smtpUrl: string | undefined
  json: boolean
}

/** Prints what every check found. Gives the exit code: 1 when one failed. */
export async function examine({ json, ...given }: ExaminationArguments): Promise<number> {
  const found = await diagnose({ ...given, encryptionKeys: encryptionKeys(), now: Date.now() })
  const ok = found.every(({ verdict }) => verdict !== 'fail')
  process.stdout.write(json ? `${JSON.stringify({ ok, checks: found })}\n` : found.map(lines).join(''))
  return ok ? 0 : 1
}

function lines({ check, verdict, message, remedy }: Diagnosis): string {
  const line = `${verdict.padEnd(5)} ${check}: ${message}\n`
  return remedy === undefined ? line : `${line}${' '.repeat(6)}→ ${remedy}\n`
}
