import { z } from 'zod'
import * as field from '../fields.js'
import { table } from '../route.js'
import { Deleted, Paginated } from './objects.js'

/** Who may sign up (the allowlist), or may not (the blocklist). */
const identifier = {
  id: field.Id,
  identifier: z.string(),
  identifier_type: z.enum(['email_address', 'phone_number', 'web3_wallet']),
  instance_id: field.Id,
  created_at: field.Timestamp,
  updated_at: field.Timestamp,
}

const AllowlistIdentifier = z
  .object({ object: z.literal('allowlist_identifier'), ...identifier, invitation_id: field.Id.optional() })
  .meta({ id: 'AllowlistIdentifier' })

export type AllowlistIdentifierJSON = z.output<typeof AllowlistIdentifier>

const BlocklistIdentifier = z
  .object({ object: z.literal('blocklist_identifier'), ...identifier })
  .meta({ id: 'BlocklistIdentifier' })

export type BlocklistIdentifierJSON = z.output<typeof BlocklistIdentifier>

export const identifiers = table({
  'GET /allowlist_identifiers': {
    summary: 'List the identifiers that may sign up',
    query: z.object({ paginated: z.boolean().default(false), ...field.Page }),
    returns: z.union([z.array(AllowlistIdentifier), Paginated(AllowlistIdentifier)]),
  },
  'POST /allowlist_identifiers': {
    summary: 'Let an address, a number, or everybody of a domain sign up',
    body: z.object({ identifier: field.Text().trim(), notify: z.boolean().nullish() }),
    returns: AllowlistIdentifier,
    errors: ['duplicate_record', 'form_identifier_exists'],
  },
  'DELETE /allowlist_identifiers/{identifier_id}': {
    summary: 'Take an identifier off the allowlist',
    returns: Deleted('allowlist_identifier'),
    errors: ['resource_not_found'],
  },
  'GET /blocklist_identifiers': {
    summary: 'List the identifiers that may not sign up',
    query: z.object(field.Page),
    returns: Paginated(BlocklistIdentifier),
  },
  'POST /blocklist_identifiers': {
    summary: 'Keep an address, a number, or everybody of a domain from signing up',
    body: z.object({ identifier: field.Text().trim() }),
    returns: BlocklistIdentifier,
    errors: ['duplicate_record'],
  },
  'DELETE /blocklist_identifiers/{identifier_id}': {
    summary: 'Take an identifier off the blocklist',
    returns: Deleted('blocklist_identifier'),
    errors: ['resource_not_found'],
  },
})
