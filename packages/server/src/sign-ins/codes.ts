import type { VerificationsTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { GiveBack } from '../users/attempts.js'
import type { SendCode } from '../verifications/sending.js'
import type { VerificationStore } from '../verifications/store.js'
import { type Account, type Attempt, type CodeProof, isOwnCode } from './attempt.js'
import type { Recipient } from './factors.js'
import type { Advanced, Progress, Standing } from './progress.js'
import type { SignInStore } from './store.js'
import { type CodeStrategy, codeStrategies } from './strategies.js'

type Place = 'first' | 'second'

/** Factors that are proven by a code that is sent. A code is good for the attempt it was made for, and for what it was made for there. */
export interface SignInCodes {
  /** @throws ApiError `verification_code_too_many_requests`, `client_state_invalid` */
  prepare(standing: Standing, place: Place, strategy: CodeStrategy, recipient: Recipient): Promise<Attempt>
  /**
   * @throws ApiError `form_code_incorrect`, `verification_failed`, `verification_expired`, `verification_missing`,
   *   `user_locked`, `user_banned`, `client_state_invalid`
   */
  attempt(standing: Standing, place: Place, sent: { strategy: CodeStrategy; code: string }): Promise<Advanced>
}

interface CodeParts {
  progress: Progress
  signIns: SignInStore
  verifications: VerificationStore
  sendCode: SendCode
}

export function createSignInCodes({ progress, signIns, verifications, sendCode }: CodeParts): SignInCodes {
  /** What is right is still wrong where nobody may be let in, and where it was sent to what is the user's no more. */
  const tryCode = (standing: Standing, place: Place, strategy: CodeStrategy, code: string, giveBack?: GiveBack) =>
    progress.step(standing, async (transaction, attempt, account) => {
      const proof = proofAt(attempt, place, strategy)
      const { status, attempts } = await verifications.attempt(transaction, {
        id: proof.verification_id,
        subjectId: proof.subject_id,
        code,
      })
      if (status === 'expired') throw new ApiError('verification_expired')
      if (status === 'verified' && account && isOwnCode(proof, place, account)) {
        await giveBack?.(transaction)
        return progress.advance(transaction, { ...attempt, [place]: { ...proof, status, attempts } }, account, standing)
      }
      const left = status === 'failed' ? 'failed' : 'unverified'
      await signIns.write(transaction, { ...attempt, [place]: { ...proof, status: left, attempts } })
      return left
    })

  return {
    async prepare(standing, place, strategy, recipient) {
      await verifications.prune()
      return progress.step(standing, async (transaction, attempt, account) => {
        const subjectId = [attempt.id, place, strategy, recipient.id].join(' ')
        const { channel, resets } = codeStrategies[strategy]
        const preparation = { subjectId, strategy: channel, recipient: recipient.value }
        const verification = await sendCode(transaction, {
          ...preparation,
          ...(account
            ? { of: { user_id: account.row.id, identification_id: idOf(account, recipient) } }
            : { pretend: true }),
          purpose: resets ? 'reset-password' : 'sign-in',
        })
        const prepared = { ...attempt, [place]: newProof(strategy, subjectId, recipient, verification) }
        await signIns.write(transaction, prepared)
        return prepared
      })
    },

    async attempt(standing, place, { strategy, code }) {
      let failure = 'unverified' as 'failed' | 'unverified'
      const keepFailure = async (came: Promise<Advanced | 'failed' | 'unverified'>) => {
        const result = await came
        if (typeof result !== 'string') return result
        failure = result
        return undefined
      }
      const advanced = await progress.tried(
        standing,
        (_, giveBack) => keepFailure(tryCode(standing, place, strategy, code, giveBack)),
        () => keepFailure(tryCode({ ...standing, account: undefined }, place, strategy, code)),
      )
      if (advanced) return advanced
      throw failure === 'failed'
        ? new ApiError('verification_failed')
        : new ApiError('form_code_incorrect', { param: 'code', message: 'is wrong' })
    },
  }
}

/** @throws ApiError `verification_missing` when no code of the kind was sent last */
function proofAt(attempt: Attempt, place: Place, strategy: CodeStrategy): CodeProof {
  const proof = attempt[place]
  if (proof?.strategy === strategy && 'verification_id' in proof) return proof
  throw new ApiError('verification_missing', { message: `no ${strategy} was sent: prepare it first` })
}

const newProof = (
  strategy: CodeStrategy,
  subjectId: string,
  recipient: Recipient,
  verification: VerificationsTable,
): CodeProof => ({
  strategy,
  status: verification.status,
  attempts: verification.attempts,
  expire_at: verification.expire_at,
  verification_id: verification.id,
  subject_id: subjectId,
  recipient: recipient.value,
})

/** What a recipient is called where it is shown need not be what it is. */
const idOf = ({ identifications }: Account, { type, value }: Recipient) =>
  identifications.find((one) => one.type === type && one.value === value)?.id ?? null
