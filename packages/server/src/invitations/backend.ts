import type { Backend, RouteRequest } from '@clerk-server/contract'
import type { Clock } from '../clock.js'
import type { InvitationsTable } from '../database/tables/index.js'
import type { HandlersUnder } from '../http/mount.js'
import type { Destinations } from '../redirect-urls/destinations.js'
import type { Tickets } from '../tokens/ticket.js'
import type { Served } from '../unserved.js'
import { metadataText } from '../users/metadata.js'
import type { DraftInvitation, InvitationDraft } from './draft.js'
import type { InvitationStore } from './store.js'
import { invitationView } from './view.js'

type CreateBody = RouteRequest<Backend, 'POST /invitations', 'output'>['body']

export function invitationsBackend(
  invitations: InvitationStore,
  draftInvitation: DraftInvitation,
  destinations: Destinations,
  tickets: Tickets,
  clock: Clock,
): HandlersUnder<Served, 'invitations'> {
  const view = (row: InvitationsTable) => invitationView(row, tickets, clock())

  /** @param place of the parameters in what was sent: what stands before their names */
  async function drafted(body: CreateBody, besideUser: boolean, place = ''): Promise<InvitationDraft> {
    if (body.redirect_url != null) await destinations.check(body.redirect_url, `${place}redirect_url`)
    return draftInvitation({
      emailAddress: body.email_address,
      param: `${place}email_address`,
      mail: (body.notify ?? true) ? (body.template_slug ?? 'invitation') : undefined,
      publicMetadata: metadataText(body.public_metadata ?? {}, `${place}public_metadata`),
      redirectUrl: body.redirect_url,
      expiresInDays: body.expires_in_days,
      besideOthers: body.ignore_existing,
      besideUser,
    })
  }

  return {
    'GET /invitations': async ({ query: { paginated, ...page } }) => {
      const data = await Promise.all((await invitations.list(page)).map(view))
      return paginated ? { data, total_count: await invitations.count(page) } : data
    },

    'POST /invitations': async ({ body }) => {
      const [created] = await invitations.create([await drafted(body, body.ignore_existing ?? false)])
      return view(created as InvitationsTable)
    },

    'POST /invitations/bulk': async ({ body }) => {
      // A list may not have the addresses of users, whatever it asks to be ignored.
      const drafts = await Promise.all(body.map((one, index) => drafted(one, false, `[${index}].`)))
      return Promise.all((await invitations.create(drafts)).map(view))
    },

    'POST /invitations/{invitation_id}/revoke': async ({ params }) =>
      view(await invitations.revoke(params.invitation_id)),

    'DELETE /invitations/{invitation_id}': async ({ params: { invitation_id } }) => {
      await invitations.delete(invitation_id)
      return { object: 'invitation', id: invitation_id, deleted: true }
    },
  }
}
