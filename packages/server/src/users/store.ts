import type { Updateable } from 'kysely'
import type { Clock } from '../clock.js'
import type { Database, Queries, TransactionQueries } from '../database/database.js'
import { insertionInto } from '../database/insertion.js'
import type { IdentificationsTable, UniqueConstraint, UsersTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import { insertIdentifications } from '../identifications/insertion.js'
import { storedIdentification } from '../identifications/proof.js'
import { newRow } from '../identifications/row.js'
import * as rules from '../identifications/rules.js'
import type { Ids } from '../ids.js'
import type { PasswordDigest } from '../passwords/passwords.js'
import { createUserListing, type UserListing } from './listing.js'
import { type Metadata, type MetadataChange, mergeMetadata, metadataFields, metadataText } from './metadata.js'
import { createRevisions } from './revisions.js'
import { type RevisedUser, type StoredRow, type StoredUser, stored, withIdentifications } from './stored.js'

export type { Revision } from './listing.js'
export type { RevisedUser, StoredUser } from './stored.js'

export type NewIdentification = Pick<IdentificationsTable, 'type' | 'value' | 'status'> &
  Partial<Pick<IdentificationsTable, 'verification'>>

/** Everything a new user has but what the store decides: id, primary addresses, and times unless one is given. */
export interface NewUser
  extends Omit<
    UsersTable,
    | 'id'
    | 'primary_email_address_id'
    | 'primary_phone_number_id'
    | 'mfa_enabled_at'
    | 'mfa_disabled_at'
    | 'totp_enabled'
    | 'backup_code_enabled'
    | 'created_at'
    | 'updated_at'
  > {
  identifications: NewIdentification[]
  created_at?: number | undefined
}

export type UserChange = Omit<Updateable<UsersTable>, 'id' | 'updated_at'>

/** What else is to happen together with a change, or not at all. */
export type Alongside = (transaction: TransactionQueries, before: UsersTable, after: StoredUser) => Promise<void>

export interface UserStore extends UserListing {
  /** @throws ApiError `resource_not_found` */
  get(id: string): Promise<RevisedUser>
  /** What the database calls the state a user is in; `undefined` of who is not there. */
  revision(id: string): Promise<number | undefined>
  /**
   * Creates a user with all addresses, or nothing at all.
   *
   * @throws ApiError `form_identifier_exists`, namingTaken the parameter that is taken
   */
  create(user: NewUser, transaction?: TransactionQueries): Promise<StoredUser>
  /**
   * @throws ApiError `resource_not_found`, `form_identifier_exists`, `form_resource_not_found`,
   *   `form_verification_needed`
   */
  update(id: string, change: UserChange, alongside?: Alongside): Promise<StoredUser>
  /**
   * Changes several users in the same way, or none of them.
   *
   * @param alongside what else is to happen for each of them
   * @returns them in the order of the ids
   * @throws ApiError `resource_not_found`
   */
  updateAll(ids: string[], change: UserChange, alongside?: Alongside): Promise<StoredUser[]>
  /** Puts a better digest in the place of one, unless the password has changed in the meantime. */
  replaceDigest({ id, password_digest }: UsersTable, better: PasswordDigest): Promise<void>
  /** @throws ApiError `resource_not_found`, `form_param_exceeds_allowed_size` */
  updateMetadata(id: string, how: 'merge' | 'replace', change: MetadataChange): Promise<StoredUser>
  /** Deletes a user with addresses and sessions. @throws ApiError `resource_not_found` */
  delete(id: string): Promise<UsersTable>
  /**
   * The same for users who do it themselves.
   *
   * @throws ApiError `resource_not_found`, `user_delete_self_not_enabled`
   */
  deleteSelf(id: string): Promise<UsersTable>
}

const insertUser = insertionInto<UsersTable>('users')

export function createUserStore(database: Database, clock: Clock, ids: Ids): UserStore {
  const { queries } = database

  async function namingTaken<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work()
    } catch (error) {
      throw takenError(database.violated(error)) ?? error
    }
  }

  const write = <Result>(work: (transaction: TransactionQueries) => Promise<Result>) =>
    namingTaken(() => queries.transaction().execute(work))

  async function insert(transaction: TransactionQueries, { identifications, created_at, ...user }: NewUser) {
    const now = clock()
    const id = ids('user')
    const rows = identifications.map((given, position) => newRow({ ...given, user_id: id, position }, ids, now))
    const row: UsersTable = {
      ...user,
      id,
      primary_email_address_id: rules.primaryOf(rows, 'email_address', null),
      primary_phone_number_id: rules.primaryOf(rows, 'phone_number', null),
      mfa_enabled_at: null,
      mfa_disabled_at: null,
      totp_enabled: 0,
      backup_code_enabled: 0,
      created_at: created_at ?? now,
      updated_at: now,
    }
    await insertUser(transaction, row)
    await insertIdentifications(database, transaction, rows)
    return { row, identifications: rows.map((one) => storedIdentification(one, now)) }
  }

  /** Changes a row, which also locks it: who else changes it waits for the end of the transaction. */
  async function change(transaction: TransactionQueries, id: string, values: UserChange): Promise<UsersTable> {
    const row = await transaction
      .updateTable('users')
      .set({ ...values, updated_at: clock() })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst()
    if (!row) throw notFound(id)
    return row
  }

  async function update(transaction: TransactionQueries, id: string, values: UserChange, alongside?: Alongside) {
    const before = await change(transaction, id, {})
    await change(transaction, id, values)
    const user = await get(transaction, id)
    requireIdentified(before, user)
    checkPrimary(user, values, 'email_address')
    checkPrimary(user, values, 'phone_number')
    await alongside?.(transaction, before, user)
    return user
  }

  /** Compiled once, as it is asked most often: its one parameter is the id. */
  const byId = withIdentifications(database, queries.selectFrom('users')).where('id', '=', '').compile()

  async function get(within: Queries, id: string): Promise<RevisedUser> {
    const { rows } = await within.executeQuery<StoredRow>({ ...byId, parameters: [id] })
    const [found] = rows
    if (!found) throw notFound(id)
    return stored(found, clock())
  }

  return {
    ...createUserListing(database, clock),

    get: (id) => get(queries, id),

    revision: createRevisions(database),

    create: (user, transaction) =>
      transaction ? namingTaken(() => insert(transaction, user)) : write((own) => insert(own, user)),

    update: (id, values, alongside) => write((transaction) => update(transaction, id, values, alongside)),

    updateAll: (ids, values, alongside) =>
      write(async (transaction) => {
        // In one order whoever changes them: two who change the same two users must not wait for each other.
        const users = new Map<string, StoredUser>()
        for (const id of [...new Set(ids)].sort()) users.set(id, await update(transaction, id, values, alongside))
        return [...new Set(ids)].map((id) => users.get(id) as StoredUser)
      }),

    async replaceDigest({ id, password_digest }, better) {
      await queries
        .updateTable('users')
        .set(better)
        .where('id', '=', id)
        .where('password_digest', '=', password_digest)
        .execute()
    },

    updateMetadata: (id, how, changes) =>
      write(async (transaction) => {
        const before = await change(transaction, id, {})
        const values: UserChange = {}
        for (const field of metadataFields) {
          const given = changes[field]
          if (!given) continue
          const metadata = how === 'merge' ? mergeMetadata(JSON.parse(before[field]) as Metadata, given) : given
          values[field] = metadataText(metadata, field)
        }
        await change(transaction, id, values)
        return get(transaction, id)
      }),

    async delete(id) {
      const row = await queries.deleteFrom('users').where('id', '=', id).returningAll().executeTakeFirst()
      if (!row) throw notFound(id)
      return row
    },

    async deleteSelf(id) {
      const row = await queries
        .deleteFrom('users')
        .where('id', '=', id)
        .where('delete_self_enabled', '=', 1)
        .returningAll()
        .executeTakeFirst()
      if (row) return row
      await get(queries, id)
      throw new ApiError('user_delete_self_not_enabled')
    },
  }
}

const notFound = (id: string) => new ApiError('resource_not_found', { message: `there is no user with the id ${id}` })

const takenParams: Partial<Record<UniqueConstraint, string>> = {
  users_username: 'username',
  users_external_id: 'external_id',
}

function takenError(constraint: UniqueConstraint | undefined): ApiError | undefined {
  const param = constraint && takenParams[constraint]
  if (param === undefined) return undefined
  return new ApiError('form_identifier_exists', { param, message: 'is taken by another user' })
}

/** A change must not take away the last that leads to a user; who had nothing of the kind can do without. */
function requireIdentified(before: UsersTable, { row, identifications }: StoredUser): void {
  if (rules.isIdentified(row, identifications) || !rules.isIdentified(before, identifications)) return
  const param = before.username !== null ? 'username' : 'external_id'
  throw new ApiError('form_data_missing', { param, message: 'is the last that identifies the user, and must stay' })
}

/** A primary address must be one of the user's own, and verified. */
function checkPrimary({ identifications }: StoredUser, change: UserChange, type: rules.IdentificationType): void {
  const param = `primary_${type}_id` as const
  const id = change[param]
  if (id === undefined || id === null) return
  const row = identifications.find((one) => one.id === id && one.type === type)
  if (!row)
    throw new ApiError('form_resource_not_found', { param, message: 'is not the id of an address of this user' })
  rules.checkPrimary(row, param)
}
