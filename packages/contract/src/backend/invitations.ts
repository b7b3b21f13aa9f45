import { z } from 'zod'
import * as field from '../fields.js'
import { table } from '../route.js'
import { WebUrl } from '../urls.js'
import { Deleted, Paginated } from './objects.js'

const InvitationStatus = z.enum(['pending', 'accepted', 'revoked', 'expired'])

const Invitation = z
  .object({
    object: z.literal('invitation'),
    id: field.Id,
    email_address: z.string(),
    public_metadata: field.Metadata,
    revoked: z.boolean().optional(),
    status: InvitationStatus,
    url: z.string().optional(),
    expires_at: field.Timestamp.nullable(),
    created_at: field.Timestamp,
    updated_at: field.Timestamp,
  })
  .meta({ id: 'Invitation' })

export type InvitationJSON = z.output<typeof Invitation>

export const invitationOrders = ['created_at', 'email_address', 'expires_at'] as const

const NewInvitation = z.object({
  email_address: field.EmailAddressText,
  public_metadata: field.Metadata.nullish(),
  redirect_url: WebUrl.nullish(),
  notify: z.boolean().nullish(),
  ignore_existing: z.boolean().nullish(),
  expires_in_days: z.int().min(1).max(365).nullish(),
  template_slug: z.enum(['invitation', 'waitlist_invitation']).nullish(),
})

const creationErrors = ['duplicate_record', 'form_identifier_exists', 'form_param_exceeds_allowed_size'] as const

export const invitations = table({
  'GET /invitations': {
    summary: 'List invitations, the newest first; revoked ones only when asked for',
    query: z.object({
      status: InvitationStatus.optional(),
      query: z.string().trim().optional(),
      order_by: field.OrderBy(invitationOrders).default('-created_at'),
      paginated: z.boolean().default(false),
      ...field.Page,
    }),
    returns: z.union([z.array(Invitation), Paginated(Invitation)]),
  },
  'POST /invitations': {
    summary: 'Invite an e-mail address to sign up',
    body: NewInvitation,
    returns: Invitation,
    errors: creationErrors,
  },
  'POST /invitations/bulk': {
    summary: 'Invite up to ten e-mail addresses, or none of them; none may be that of a user',
    body: z.array(NewInvitation).min(1).max(10),
    returns: z.array(Invitation),
    errors: creationErrors,
  },
  'POST /invitations/{invitation_id}/revoke': {
    summary: 'Revoke an invitation that was neither accepted nor revoked',
    returns: Invitation,
    errors: ['invitation_already_accepted', 'invitation_already_revoked', 'resource_not_found'],
  },
  'DELETE /invitations/{invitation_id}': {
    summary: 'Delete an invitation and the mail that was kept of it',
    returns: Deleted('invitation'),
    errors: ['resource_not_found'],
  },
})
