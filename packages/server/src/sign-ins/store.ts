import type { Clock } from '../clock.js'
import type { Database, TransactionQueries } from '../database/database.js'
import { ApiError } from '../errors.js'
import type { Ids } from '../ids.js'
import { type Attempt, attemptOf, rowOf } from './attempt.js'
import type { Identifier } from './identifier.js'

const day = 24 * 60 * 60 * 1000

/** Attempts to sign in. Each belongs to the client of a browser, and is there for no other. */
export interface SignInStore {
  /** The user whose verified address, number or name it is; a number that is a second factor leads to nobody. */
  userIdOf(identifier: Identifier): Promise<string | undefined>
  /** Begins one, which is from now on the one that is under way in the browser. */
  create(
    transaction: TransactionQueries,
    given: Pick<Attempt, 'client_id' | 'user_id' | 'identifier' | 'first'>,
  ): Promise<Attempt>
  find(clientId: string, id: string): Promise<Attempt | undefined>
  /** @throws ApiError `resource_not_found` */
  get(clientId: string, id: string): Promise<Attempt>
  /** Holds one until the end of the transaction: who else goes on with it waits. @throws ApiError `resource_not_found` */
  lock(transaction: TransactionQueries, clientId: string, id: string): Promise<Attempt>
  write(transaction: TransactionQueries, attempt: Attempt): Promise<void>
  /** Of one that is complete: the browser has nothing under way any more. */
  end(transaction: TransactionQueries, attempt: Attempt): Promise<void>
  /** A user of whom as much is read and written as of the one who is not there. */
  standIn(): Promise<string | undefined>
}

export function createSignInStore({ queries }: Pick<Database, 'queries'>, clock: Clock, ids: Ids): SignInStore {
  async function find(clientId: string, id: string): Promise<Attempt | undefined> {
    const row = await queries
      .selectFrom('sign_ins')
      .selectAll()
      .where('client_id', '=', clientId)
      .where('id', '=', id)
      .executeTakeFirst()
    return row && attemptOf(row)
  }

  return {
    async userIdOf({ type, value }) {
      if (type === 'username') {
        const user = await queries.selectFrom('users').select('id').where('username', '=', value).executeTakeFirst()
        return user?.id
      }
      const identification = await queries
        .selectFrom('identifications')
        .select('user_id')
        .where('type', '=', type)
        .where('value', '=', value)
        .where('status', '=', 'verified')
        .where('reserved_for_second_factor', '=', 0)
        .executeTakeFirst()
      return identification?.user_id
    },

    async create(transaction, given) {
      const now = clock()
      const attempt: Attempt = {
        id: ids('signIn'),
        second: null,
        created_session_id: null,
        abandon_at: now + day,
        created_at: now,
        updated_at: now,
        ...given,
      }
      await transaction.insertInto('sign_ins').values(rowOf(attempt)).execute()
      await transaction
        .updateTable('clients')
        .set({ sign_in_id: attempt.id, updated_at: now })
        .where('id', '=', attempt.client_id)
        .execute()
      return attempt
    },

    find,

    async get(clientId, id) {
      const attempt = await find(clientId, id)
      if (!attempt) throw notFound(id)
      return attempt
    },

    async lock(transaction, clientId, id) {
      const row = await transaction
        .updateTable('sign_ins')
        .set({ updated_at: clock() })
        .where('client_id', '=', clientId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      if (!row) throw notFound(id)
      return attemptOf(row)
    },

    async write(transaction, attempt) {
      const { first_factor, second_factor, created_session_id } = rowOf(attempt)
      await transaction
        .updateTable('sign_ins')
        .set({ first_factor, second_factor, created_session_id })
        .where('id', '=', attempt.id)
        .execute()
    },

    async end(transaction, { id, client_id }) {
      await transaction
        .updateTable('clients')
        .set({ sign_in_id: null })
        .where('id', '=', client_id)
        .where('sign_in_id', '=', id)
        .execute()
    },

    async standIn() {
      const user = await queries.selectFrom('users').select('id').orderBy('id').limit(1).executeTakeFirst()
      return user?.id
    },
  }
}

const notFound = (id: string) =>
  new ApiError('resource_not_found', { message: `this browser has no sign-in with the id ${id}` })
