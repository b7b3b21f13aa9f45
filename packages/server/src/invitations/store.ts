import type { Backend, InvitationJSON, invitationOrders, RouteRequest } from '@clerk-server/contract'
import { type ExpressionBuilder, sql } from 'kysely'
import type { Clock } from '../clock.js'
import type { Database, TransactionQueries } from '../database/database.js'
import { countOf } from '../database/lists.js'
import type { InvitationsTable, Tables } from '../database/tables/index.js'
import type { Outbox } from '../delivery/outbox.js'
import { ApiError } from '../errors.js'
import { revokePending } from '../tokens/revocation.js'
import type { InvitationDraft } from './draft.js'

type InvitationQuery = RouteRequest<Backend, 'GET /invitations', 'output'>['query']
type InvitationFilter = Pick<InvitationQuery, 'status' | 'query'>
type InvitationPage = Omit<InvitationQuery, 'paginated'>

export interface InvitationStore {
  list(page: InvitationPage): Promise<InvitationsTable[]>
  count(filter: InvitationFilter): Promise<number>
  /**
   * Writes all of them, and puts their mails into the outbox, or does nothing at all.
   *
   * @throws ApiError `duplicate_record`
   */
  create(drafts: InvitationDraft[]): Promise<InvitationsTable[]>
  /** The same for one, in the transaction of what it belongs to. @throws ApiError `duplicate_record` */
  write(transaction: TransactionQueries, draft: InvitationDraft): Promise<InvitationsTable>
  /** @throws ApiError `resource_not_found`, `invitation_already_accepted`, `invitation_already_revoked` */
  revoke(id: string): Promise<InvitationsTable>
  /**
   * The invitation that a ticket is of, while it can be accepted.
   *
   * @throws ApiError `ticket_invalid_code`, `ticket_expired_code`, `invitation_already_accepted`, `revoked_invitation`
   */
  ofTicket(id: string): Promise<InvitationsTable>
  /**
   * Accepts an invitation of an address, once, in the transaction in which somebody signs up with it.
   *
   * @throws ApiError as {@link ofTicket}
   */
  accept(transaction: TransactionQueries, id: string, emailAddress: string): Promise<void>
  /** Whether one of these addresses has accepted one. */
  hasAccepted(emailAddresses: readonly string[]): Promise<boolean>
  /** Deletes an invitation and the mail that was kept of it. @throws ApiError `resource_not_found` */
  delete(id: string): Promise<void>
}

/** What an invitation is at a moment: it expires by time alone, whatever was last written of it. */
export const statusAt = (row: InvitationsTable, now: number): InvitationJSON['status'] =>
  row.status === 'pending' && row.expires_at <= now ? 'expired' : row.status

export function createInvitationStore(database: Database, outbox: Outbox, clock: Clock): InvitationStore {
  const { queries } = database

  const matching = ({ status, query }: InvitationFilter) =>
    queries
      .selectFrom('invitations')
      .where((invitations) => hasStatus(invitations, status, clock()))
      .where((invitations) => (query === undefined ? sql.lit(true) : names(invitations, query)))

  async function write(transaction: TransactionQueries, { row, message, param }: InvitationDraft) {
    if (row.exclusive) await requireNoOther(transaction, row.email_address, param)
    const queued = message && (await outbox.queue(transaction, message))
    const invitation = { ...row, message_id: queued?.id ?? null }
    try {
      await transaction.insertInto('invitations').values(invitation).execute()
    } catch (error) {
      if (database.violated(error) === 'invitations_exclusive') throw duplicate(param)
      throw error
    }
    return invitation
  }

  /**
   * Of two that are made at the same time, the index lets one through. An invitation that was made beside others is not in
   * it, and is found here; and one that has expired, which the index cannot know, lets go of the address.
   */
  async function requireNoOther(transaction: TransactionQueries, emailAddress: string, param: string): Promise<void> {
    const ofAddress = transaction
      .updateTable('invitations')
      .set({ exclusive: 0 })
      .where('email_address', '=', emailAddress)
    await ofAddress.where('exclusive', '=', 1).where('expires_at', '<=', clock()).execute()
    const open = await transaction
      .selectFrom('invitations')
      .select('id')
      .where('email_address', '=', emailAddress)
      .where((invitations) => hasStatus(invitations, 'pending', clock()))
      .executeTakeFirst()
    if (open) throw duplicate(param)
  }

  return {
    list({ limit, offset, order_by, ...filter }) {
      const direction = order_by.startsWith('-') ? 'desc' : 'asc'
      const column = order_by.replace(/^[+-]/, '') as (typeof invitationOrders)[number]
      return matching(filter)
        .selectAll()
        .orderBy(column, direction)
        .orderBy('id', direction)
        .limit(limit)
        .offset(offset)
        .execute()
    },

    count: (filter) => countOf(matching(filter)),

    write,

    create: (drafts) =>
      queries.transaction().execute(async (transaction) => {
        // In one order whoever writes: two lists with the same two addresses must not wait for each other in PostgreSQL.
        const inOrder = [...drafts].sort((a, b) => compare(a.row.email_address, b.row.email_address))
        const written = new Map<InvitationDraft, InvitationsTable>()
        for (const draft of inOrder) written.set(draft, await write(transaction, draft))
        return drafts.map((draft) => written.get(draft) as InvitationsTable)
      }),

    revoke(id) {
      const refusal = (status: InvitationsTable['status'] | undefined) => {
        if (status === undefined) return notFound(id)
        return new ApiError(status === 'accepted' ? 'invitation_already_accepted' : 'invitation_already_revoked')
      }
      return revokePending(queries, { table: 'invitations', id, now: clock(), refusal })
    },

    async ofTicket(id) {
      const row = await queries.selectFrom('invitations').selectAll().where('id', '=', id).executeTakeFirst()
      return acceptable(row, clock())
    },

    async accept(transaction, id, emailAddress) {
      const now = clock()
      const accepted = await transaction
        .updateTable('invitations')
        .set({ status: 'accepted', updated_at: now })
        .where('id', '=', id)
        .where('email_address', '=', emailAddress)
        .where((invitations) => hasStatus(invitations, 'pending', now))
        .returning('id')
        .executeTakeFirst()
      if (accepted) return
      const row = await transaction.selectFrom('invitations').selectAll().where('id', '=', id).executeTakeFirst()
      acceptable(row?.email_address === emailAddress ? row : undefined, now)
    },

    async hasAccepted(emailAddresses) {
      if (emailAddresses.length === 0) return false
      const accepted = await queries
        .selectFrom('invitations')
        .select('id')
        .where('email_address', 'in', emailAddresses)
        .where('status', '=', 'accepted')
        .executeTakeFirst()
      return accepted !== undefined
    },

    delete: (id) =>
      queries.transaction().execute(async (transaction) => {
        const row = await transaction
          .deleteFrom('invitations')
          .where('id', '=', id)
          .returning('message_id')
          .executeTakeFirst()
        if (!row) throw notFound(id)
        if (row.message_id !== null) await outbox.discard(transaction, row.message_id)
      }),
  }
}

const compare = (a: string, b: string) => Number(a > b) - Number(a < b)

const duplicate = (param: string) =>
  new ApiError('duplicate_record', { param, message: 'has an invitation that is pending' })

const notFound = (id: string) =>
  new ApiError('resource_not_found', { message: `there is no invitation with the id ${id}` })

/** @throws ApiError that says why an invitation cannot be accepted */
function acceptable(row: InvitationsTable | undefined, now: number): InvitationsTable {
  const status = row && statusAt(row, now)
  if (row && status === 'pending') return row
  throw new ApiError(unacceptable[status as keyof typeof unacceptable] ?? 'ticket_invalid_code')
}

const unacceptable = {
  accepted: 'invitation_already_accepted',
  revoked: 'revoked_invitation',
  expired: 'ticket_expired_code',
} as const

type Conditions = ExpressionBuilder<Tables, 'invitations'>

/** {@link statusAt}, said to the database. Who asks for no status does not ask for what was revoked. */
function hasStatus(invitations: Conditions, status: InvitationJSON['status'] | undefined, now: number) {
  const open = invitations('status', '=', 'pending')
  if (status === undefined) return invitations('status', '!=', 'revoked')
  if (status === 'pending') return invitations.and([open, invitations('expires_at', '>', now)])
  if (status === 'expired') return invitations.and([open, invitations('expires_at', '<=', now)])
  return invitations('status', '=', status)
}

/** A part of the address, or the id. */
function names(invitations: Conditions, query: string) {
  const part = `%${query.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const address = sql<boolean>`${invitations.ref('email_address')} like ${part} escape '\\'`
  return invitations.or([address, invitations('id', '=', query)])
}
