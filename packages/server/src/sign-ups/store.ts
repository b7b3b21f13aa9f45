import type { Clock } from '../clock.js'
import type { Queries, TransactionQueries } from '../database/database.js'
import type { SignUpsTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { Ids } from '../ids.js'

/** How long an attempt can be finished, in milliseconds. */
const lifetime = 24 * 60 * 60 * 1000

export type SignUpChange = Partial<Omit<SignUpsTable, 'id' | 'client_id' | 'abandon_at' | 'created_at' | 'updated_at'>>

/** Attempts to sign up. Each is of one browser, and for every other it is not there. */
export interface SignUpStore {
  /** An attempt of which nothing is known yet, and that is not written. */
  draft(clientId: string): SignUpsTable
  find(clientId: string, id: string): Promise<SignUpsTable | undefined>
  /** @throws ApiError `resource_not_found` */
  get(clientId: string, id: string): Promise<SignUpsTable>
  /** One that is not over. @throws ApiError `resource_not_found`, `sign_up_cannot_be_updated` */
  open(clientId: string, id: string): Promise<SignUpsTable>
  /** Writes a draft, as the attempt that is under way in its browser. */
  insert(transaction: TransactionQueries, draft: SignUpsTable): Promise<void>
  /**
   * Changes an attempt that is not over, which also locks it: who else gets on with it waits for the transaction's end.
   *
   * @throws ApiError `resource_not_found`, `sign_up_cannot_be_updated`
   */
  change(
    transaction: TransactionQueries,
    attempt: Pick<SignUpsTable, 'id' | 'client_id'>,
    change: SignUpChange,
  ): Promise<SignUpsTable>
  /** Takes an attempt that has come to its end from its browser, unless another is under way there by now. */
  settle(transaction: TransactionQueries, attempt: SignUpsTable): Promise<void>
}

export function createSignUpStore(queries: Queries, clock: Clock, ids: Ids): SignUpStore {
  const ofClient = (within: Queries, clientId: string, id: string) =>
    within.selectFrom('sign_ups').selectAll().where('client_id', '=', clientId).where('id', '=', id).executeTakeFirst()

  async function get(within: Queries, clientId: string, id: string): Promise<SignUpsTable> {
    const row = await ofClient(within, clientId, id)
    if (!row) throw new ApiError('resource_not_found', { message: `this browser has no sign-up with the id ${id}` })
    return row
  }

  return {
    draft(clientId) {
      const now = clock()
      return {
        id: ids('signUp'),
        client_id: clientId,
        ...nothingGiven,
        abandon_at: now + lifetime,
        created_at: now,
        updated_at: now,
      }
    },

    find: (clientId, id) => ofClient(queries, clientId, id),

    get: (clientId, id) => get(queries, clientId, id),

    async open(clientId, id) {
      const row = await get(queries, clientId, id)
      if (row.created_user_id === null && row.abandon_at > clock()) return row
      throw over(row)
    },

    async insert(transaction, draft) {
      await transaction.insertInto('sign_ups').values(draft).execute()
      await transaction
        .updateTable('clients')
        .set({ sign_up_id: draft.id, updated_at: draft.updated_at })
        .where('id', '=', draft.client_id)
        .execute()
    },

    async change(transaction, { id, client_id }, change) {
      const now = clock()
      const row = await transaction
        .updateTable('sign_ups')
        .set({ ...change, updated_at: now })
        .where('client_id', '=', client_id)
        .where('id', '=', id)
        .where('created_user_id', 'is', null)
        .where('abandon_at', '>', now)
        .returningAll()
        .executeTakeFirst()
      if (row) return row
      throw over(await get(transaction, client_id, id))
    },

    async settle(transaction, { id, client_id, updated_at }) {
      await transaction
        .updateTable('clients')
        .set({ sign_up_id: null, updated_at })
        .where('id', '=', client_id)
        .where('sign_up_id', '=', id)
        .execute()
    },
  }
}

const over = ({ created_user_id }: SignUpsTable) =>
  new ApiError('sign_up_cannot_be_updated', {
    message: created_user_id === null ? 'the attempt was abandoned: begin another' : 'the user has signed up already',
  })

const nothingGiven = {
  email_address: null,
  email_address_verification: null,
  phone_number: null,
  phone_number_verification: null,
  username: null,
  first_name: null,
  last_name: null,
  locale: null,
  password_digest: null,
  password_hasher: null,
  public_metadata: '{}',
  unsafe_metadata: '{}',
  invitation_id: null,
  legal_accepted_at: null,
  created_user_id: null,
  created_session_id: null,
} as const
