import type { SignUpsTable } from '../database/tables/index.js'
import type { Proof } from '../identifications/proof.js'
import { statusAt } from '../verifications/status.js'
import type { Address } from './requirements.js'

/** What proves an address that is signed up with: a code that was sent to it, or the ticket of an invitation. */
export type AddressProof = Proof | typeof byTicket

/** Whoever has the ticket has read the mail that it came by. */
export const byTicket = { strategy: 'ticket', status: 'verified' } as const

type Proofs = Pick<SignUpsTable, `${Address}_verification`>

/** How far the proof of an address has come at a moment, in milliseconds; `null` before one was begun. */
export function proofOf(attempt: Proofs, address: Address, now: number): AddressProof | null {
  const text = attempt[`${address}_verification`]
  if (text === null) return null
  const proof = JSON.parse(text) as AddressProof
  return proof.strategy === 'ticket' ? proof : { ...proof, status: statusAt(proof, now) }
}

export const isVerified = (attempt: Proofs, address: Address, now: number) =>
  proofOf(attempt, address, now)?.status === 'verified'
