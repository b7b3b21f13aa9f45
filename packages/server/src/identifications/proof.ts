import type { IdentificationsTable, VerificationsTable } from '../database/tables/index.js'
import { statusAt } from '../verifications/status.js'

/** What is kept with an address of the code that was sent to it, so that it can be shown without a look elsewhere. */
export type Proof = Pick<VerificationsTable, 'id' | 'status' | 'strategy' | 'attempts' | 'expire_at'>

export const proofText = ({ id, status, strategy, attempts, expire_at }: Proof): string =>
  JSON.stringify({ id, status, strategy, attempts, expire_at } satisfies Proof)

/** An address as it is read: with its proof taken out of the text, and what time has made of it. */
export type StoredIdentification = Omit<IdentificationsTable, 'verification'> & { verification: Proof | null }

export function storedIdentification(row: IdentificationsTable, now: number): StoredIdentification {
  if (row.verification === null) return { ...row, verification: null }
  const proof = JSON.parse(row.verification) as Proof
  return { ...row, verification: { ...proof, status: statusAt(proof, now) } }
}
