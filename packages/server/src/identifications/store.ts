import type { Clock } from '../clock.js'
import type { Database, TransactionQueries } from '../database/database.js'
import type { Flag, IdentificationsTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { Ids } from '../ids.js'
import { insertIdentifications, refusingTaken } from './insertion.js'
import { type Proof, proofText, type StoredIdentification, storedIdentification } from './proof.js'
import { type AddressChange, changedRow, newRow } from './row.js'
import {
  checkDefaultSecondFactor,
  checkPrimary,
  checkSecondFactor,
  type IdentificationType,
  isIdentified,
  isLastVerified,
  unknownIdentification,
} from './rules.js'
import { type LockedUser, lockIdentified, settle } from './settlement.js'

export interface NewAddress {
  value: string
  verified: boolean
  primary: boolean
  secondFactor: boolean
}

/** What else is to happen together with a change, or not at all, told the primary one of the kind before and after. */
export type AlongsideAddress = (
  transaction: TransactionQueries,
  before: IdentificationsTable | undefined,
  after: IdentificationsTable | undefined,
) => Promise<void>

/**
 * The e-mail addresses and phone numbers of users. Each change locks the user first, so that what holds for all addresses
 * of one user together (rules.ts) also holds when several change at once.
 */
export interface IdentificationStore {
  /** @throws ApiError `resource_not_found` */
  get(type: IdentificationType, id: string): Promise<StoredIdentification>
  /**
   * @throws ApiError `resource_not_found`, `form_identifier_exists`, `form_verification_needed`,
   *   `identification_create_second_factor_unverified`, `identification_update_failed`
   */
  create(
    type: IdentificationType,
    userId: string,
    address: NewAddress,
    alongside?: AlongsideAddress,
  ): Promise<StoredIdentification>
  /**
   * @throws ApiError `resource_not_found`, `form_identifier_exists`, `form_verification_needed`,
   *   `identification_update_second_factor_unverified`, `identification_update_failed`, `form_param_value_invalid`
   */
  update(
    type: IdentificationType,
    id: string,
    change: AddressChange,
    alongside?: AlongsideAddress,
  ): Promise<StoredIdentification>
  /** Deletes all of the kind that a user has, for one. @throws ApiError `resource_not_found`, `form_identifier_exists` */
  replace(
    type: IdentificationType,
    userId: string,
    address: Pick<IdentificationsTable, 'value' | 'status'>,
    alongside?: AlongsideAddress,
  ): Promise<StoredIdentification>
  /**
   * @param required whether the last verified one of the kind has to stay
   * @throws ApiError `resource_not_found`, `identification_deletion_failed`,
   *   `last_required_identification_deletion_failed`
   */
  delete(type: IdentificationType, id: string, required?: boolean): Promise<void>
  /**
   * Works on one while its user is locked. What it gives back of a code is kept with the address: a code that was
   * accepted verifies it, and one that was not is shown until it is verified.
   *
   * @throws ApiError `resource_not_found`, `form_identifier_exists`
   */
  prove<Result extends Proof>(
    type: IdentificationType,
    id: string,
    work: (transaction: TransactionQueries, row: IdentificationsTable) => Promise<Result>,
  ): Promise<Result>
}

export function createIdentificationStore(database: Database, clock: Clock, ids: Ids): IdentificationStore {
  const { queries } = database

  async function find(type: IdentificationType, id: string): Promise<IdentificationsTable> {
    const row = await queries
      .selectFrom('identifications')
      .selectAll()
      .where('id', '=', id)
      .where('type', '=', type)
      .executeTakeFirst()
    if (!row) throw unknownIdentification(type, id)
    return row
  }

  /** @param work gives back the id of the one that was worked on, and whether it is to be primary */
  const changing = (
    type: IdentificationType,
    userId: string,
    work: (transaction: TransactionQueries, locked: LockedUser) => Promise<{ id: string; primary: boolean }>,
    alongside?: AlongsideAddress,
  ) =>
    queries.transaction().execute(async (transaction) => {
      const before = await lockIdentified(transaction, userId)
      const { id, primary } = await work(transaction, before)
      const after = await settle(transaction, before, primary ? { [type]: id } : {}, clock())
      await alongside?.(transaction, primaryRow(before, type), primaryRow(after, type))
      return storedIdentification(rowIn(after, type, id), clock())
    })

  /** One behind all others of its user. */
  const added = (
    { user, rows }: LockedUser,
    given: Pick<IdentificationsTable, 'type' | 'value' | 'status'> &
      Partial<Pick<IdentificationsTable, 'reserved_for_second_factor'>>,
  ) => newRow({ ...given, user_id: user.id, position: (rows.at(-1)?.position ?? -1) + 1 }, ids, clock())

  const write = (transaction: TransactionQueries, row: IdentificationsTable) =>
    refusingTaken(database, row, () =>
      transaction
        .updateTable('identifications')
        .set({
          status: row.status,
          verification: row.verification,
          reserved_for_second_factor: row.reserved_for_second_factor,
          updated_at: row.updated_at,
        })
        .where('id', '=', row.id)
        .execute(),
    )

  /** The others are none from now on: which one is, is settled afterwards. */
  const makeDefault = (transaction: TransactionQueries, { id, user_id }: IdentificationsTable) =>
    transaction
      .updateTable('identifications')
      .set((row) => ({
        default_second_factor: row.case().when('id', '=', id).then<Flag>(1).else<Flag>(0).end(),
      }))
      .where('user_id', '=', user_id)
      .execute()

  /** What is tried with a code changes nothing of what the address counts as. */
  const show = (transaction: TransactionQueries, { id }: IdentificationsTable, proof: Proof) =>
    transaction
      .updateTable('identifications')
      .set({ verification: proofText(proof) })
      .where('id', '=', id)
      .execute()

  return {
    get: async (type, id) => storedIdentification(await find(type, id), clock()),

    create: (type, userId, { value, verified, primary, secondFactor }, alongside) =>
      changing(
        type,
        userId,
        async (transaction, locked) => {
          const row = added(locked, {
            type,
            value,
            status: verified ? 'verified' : 'unverified',
            reserved_for_second_factor: secondFactor ? 1 : 0,
          })
          if (primary) checkPrimary(row, 'primary')
          if (secondFactor) {
            const code = 'identification_create_second_factor_unverified'
            checkSecondFactor(row, locked.user, [...locked.rows, row], code)
          }
          await insertIdentifications(database, transaction, [row])
          return { id: row.id, primary }
        },
        alongside,
      ),

    async update(type, id, change, alongside) {
      const { user_id } = await find(type, id)
      const { primary = false } = change
      return changing(
        type,
        user_id,
        async (transaction, locked) => {
          const row = changedRow(rowIn(locked, type, id), change, clock())
          if (primary) checkPrimary(row, 'primary')
          if (change.secondFactor) {
            const rows = locked.rows.map((other) => (other.id === id ? row : other))
            checkSecondFactor(row, locked.user, rows, 'identification_update_second_factor_unverified')
          }
          await write(transaction, row)
          if (change.defaultSecondFactor) {
            checkDefaultSecondFactor(row)
            await makeDefault(transaction, row)
          }
          return { id, primary }
        },
        alongside,
      )
    },

    replace: (type, userId, address, alongside) =>
      changing(
        type,
        userId,
        async (transaction, locked) => {
          const row = added(locked, { type, ...address })
          const former = transaction
            .deleteFrom('identifications')
            .where('user_id', '=', userId)
            .where('type', '=', type)
          await former.where('value', '=', row.value).execute()
          // Before the others go: two users who want the addresses of each other must not wait for each other in PostgreSQL.
          await insertIdentifications(database, transaction, [row])
          await former.where('id', '!=', row.id).execute()
          return { id: row.id, primary: true }
        },
        alongside,
      ),

    async delete(type, id, required = false) {
      const { user_id } = await find(type, id)
      await queries.transaction().execute(async (transaction) => {
        const locked = await lockIdentified(transaction, user_id)
        const row = rowIn(locked, type, id)
        const rest = locked.rows.filter((other) => other !== row)
        if (!isIdentified(locked.user, rest)) throw new ApiError('identification_deletion_failed')
        if (required && isLastVerified(row, rest)) throw new ApiError('last_required_identification_deletion_failed')
        await transaction.deleteFrom('identifications').where('id', '=', id).execute()
        await settle(transaction, locked, {}, clock())
      })
    },

    async prove(type, id, work) {
      const { user_id } = await find(type, id)
      return queries.transaction().execute(async (transaction) => {
        const locked = await lockIdentified(transaction, user_id)
        const row = rowIn(locked, type, id)
        const proof = await work(transaction, row)
        if (row.status === 'verified') return proof
        if (proof.status === 'verified') {
          await write(transaction, { ...row, status: 'verified', verification: proofText(proof), updated_at: clock() })
          await settle(transaction, locked, {}, clock())
        } else if (isNewest(proof, storedIdentification(row, clock()))) {
          await show(transaction, row, proof)
        }
        return proof
      })
    },
  }
}

function rowIn({ rows }: LockedUser, type: IdentificationType, id: string): IdentificationsTable {
  const row = rows.find((one) => one.id === id && one.type === type)
  if (!row) throw unknownIdentification(type, id)
  return row
}

/** A code that still works was sent after all others. */
const isNewest = ({ id, status }: Proof, { verification }: StoredIdentification) =>
  status === 'unverified' || id === verification?.id

const primaryRow = ({ user, rows }: LockedUser, type: IdentificationType) =>
  rows.find(({ id }) => id === user[`primary_${type}_id`])
