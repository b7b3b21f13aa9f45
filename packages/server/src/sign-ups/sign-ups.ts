import type { Admittance } from '../admittance/admittance.js'
import type { PruneAttempts } from '../attempts/pruning.js'
import type { TransactionQueries } from '../database/database.js'
import type { SignUpsTable, VerificationsTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { InvitationStore } from '../invitations/store.js'
import type { SendCode } from '../verifications/sending.js'
import type { VerificationStore } from '../verifications/store.js'
import { requireClient, type Visitor } from '../visitors/visitor.js'
import { admission } from './admission.js'
import { type CompletionParts, completion, type Outcome } from './completion.js'
import { type Given, type StepParts, signUpSteps } from './steps.js'
import type { SignUpChange } from './store.js'
import { addressOf, type CodeStrategy } from './strategies.js'
import { changedIdentifiers, requireFree } from './taken.js'
import { signUpVerification } from './verification.js'

/**
 * How people sign up: they give what they are asked for, in as many requests as they like, and prove their addresses.
 * Whichever request brings the last that was missing makes them a user, and signs them in.
 */
export interface SignUps {
  begin(given: Given, visitor: Visitor): Promise<SignUpsTable>
  proceed(id: string, given: Given, visitor: Visitor): Promise<SignUpsTable>
  prepare(id: string, strategy: CodeStrategy, visitor: Visitor): Promise<SignUpsTable>
  attempt(id: string, tried: { strategy: CodeStrategy; code: string }, visitor: Visitor): Promise<SignUpsTable>
}

interface SignUpParts extends Omit<StepParts, 'requireAdmission'>, CompletionParts {
  admittance: Pick<Admittance, 'requireSignUp'>
  invitations: Pick<InvitationStore, 'ofTicket' | 'accept'>
  verifications: Pick<VerificationStore, 'attempt' | 'prune'>
  sendCode: SendCode
  browserSessions: { open(clientId: string): Promise<unknown[]> }
  pruneAttempts: PruneAttempts
}

export function createSignUps(parts: SignUpParts): SignUps {
  const { queries, signUps, verifications } = parts
  const requireAdmission = admission(parts.admittance)
  const steps = Object.values(signUpSteps({ ...parts, requireAdmission }))
  const verification = signUpVerification(signUps, verifications, parts.sendCode, parts.clock)
  const complete = completion(parts)

  /** All that takes long, or is asked elsewhere, is done before anything is locked. */
  async function take(given: Given, before: SignUpsTable, { settings }: Visitor): Promise<SignUpChange> {
    const change: SignUpChange = {}
    for (const step of steps) {
      Object.assign(change, await step(given, { ...before, ...change }, { before, settings }))
    }
    return change
  }

  async function advance(
    transaction: TransactionQueries,
    attempt: SignUpsTable,
    { strategy }: Given,
    visitor: Visitor,
  ): Promise<Outcome> {
    const sends = strategy === 'email_code' || strategy === 'phone_code'
    return complete(transaction, sends ? await verification.prepare(transaction, attempt, strategy) : attempt, visitor)
  }

  /** Only what was carried out is told: a browser gets its new token once the transaction is over. */
  async function carryOut<Result extends Outcome>(
    visitor: Visitor,
    work: (transaction: TransactionQueries) => Promise<Result>,
  ): Promise<Result> {
    const outcome = await queries.transaction().execute(work)
    if (outcome.token !== undefined) visitor.token = outcome.token
    return outcome
  }

  /** Who may sign up was decided on what an attempt was before. Whoever was overtaken meanwhile begins anew. */
  async function proceed(id: string, given: Given, visitor: Visitor): Promise<SignUpsTable> {
    const before = await signUps.open(requireClient(visitor).id, id)
    const change = await take(given, before, visitor)
    try {
      const outcome = await carryOut(visitor, async (transaction) => {
        const attempt = await signUps.change(transaction, before, change)
        if (Object.keys(changedIdentifiers({ ...before, ...change }, attempt)).length > 0) throw new Overtaken()
        return advance(transaction, attempt, given, visitor)
      })
      return outcome.attempt
    } catch (error) {
      if (error instanceof Overtaken) return proceed(id, given, visitor)
      throw error
    }
  }

  return {
    async begin(given, visitor) {
      const { id: clientId } = requireClient(visitor)
      if (visitor.settings.session_mode === 'single' && (await parts.browserSessions.open(clientId)).length > 0) {
        throw new ApiError('session_exists')
      }
      await parts.pruneAttempts()
      const draft = signUps.draft(clientId)
      const attempt = { ...draft, ...(await take(given, draft, visitor)) }
      const outcome = await carryOut(visitor, async (transaction) => {
        await signUps.insert(transaction, attempt)
        return advance(transaction, attempt, given, visitor)
      })
      return outcome.attempt
    },

    proceed,

    async prepare(id, strategy, visitor) {
      const client_id = requireClient(visitor).id
      await verifications.prune()
      return queries
        .transaction()
        .execute(async (transaction) =>
          verification.prepare(transaction, await signUps.change(transaction, { id, client_id }, {}), strategy),
        )
    },

    async attempt(id, tried, visitor) {
      const before = await signUps.open(requireClient(visitor).id, id)
      await requireAdmission(before)
      const outcome = await carryOut(visitor, async (transaction) => {
        const locked = await signUps.change(transaction, before, {})
        const { attempt, status } = await verification.attempt(transaction, locked, tried)
        if (status !== 'verified') return { attempt, status }
        const address = addressOf[tried.strategy]
        await requireFree(transaction, { [address]: attempt[address] })
        return { ...(await complete(transaction, attempt, visitor)), status }
      })
      if (outcome.status !== 'verified') throw refusals[outcome.status]()
      return outcome.attempt
    },
  }
}

/** Another request has changed what somebody is to be known by, after it was looked at. */
class Overtaken extends Error {}

const refusals: Record<Exclude<VerificationsTable['status'], 'verified'>, () => ApiError> = {
  unverified: () => new ApiError('form_code_incorrect', { param: 'code', message: 'is wrong' }),
  failed: () =>
    new ApiError('verification_failed', { message: 'too many wrong codes were given: ask for another code' }),
  expired: () => new ApiError('verification_expired', { message: 'the code has expired: ask for another one' }),
}
