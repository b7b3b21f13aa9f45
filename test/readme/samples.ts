import type { Backend, RouteResponse } from '@clerk-server/contract'

const time = 1_700_000_000_000
const times = { created_at: time, updated_at: time }

const allowed = {
  object: 'allowlist_identifier',
  id: 'alid_1',
  identifier: '*@example.com',
  identifier_type: 'email_address',
  instance_id: 'ins_1',
  ...times,
} as const

const blocked = { ...allowed, object: 'blocklist_identifier', id: 'blid_1' } as const

const client = {
  object: 'client',
  id: 'client_1',
  session_ids: [],
  sessions: [],
  sign_in_id: null,
  sign_up_id: null,
  last_active_session_id: null,
  last_authentication_strategy: null,
  ...times,
} as const

const invitation = {
  object: 'invitation',
  id: 'inv_1',
  email_address: 'ada@example.com',
  public_metadata: {},
  status: 'pending',
  expires_at: null,
  ...times,
} as const

/** What the routes that the server does not serve yet would answer. */
const samples: { readonly [Key in keyof Backend]?: RouteResponse<Backend, Key> } = {
  'GET /allowlist_identifiers': [allowed],
  'POST /allowlist_identifiers': allowed,
  'DELETE /allowlist_identifiers/{identifier_id}': { object: 'allowlist_identifier', id: 'alid_1', deleted: true },
  'GET /blocklist_identifiers': { data: [blocked], total_count: 1 },
  'POST /blocklist_identifiers': blocked,
  'GET /clients': [{ ...client, session_ids: [], sessions: [] }],
  'GET /clients/{client_id}': { ...client, session_ids: [], sessions: [] },
  'GET /invitations': [invitation],
  'POST /invitations': invitation,
  'POST /invitations/{invitation_id}/revoke': { ...invitation, status: 'revoked', revoked: true },
}

/** The sample for a request, if there is one. */
export function sampleOf(method: string, path: string): unknown {
  const [, sample] =
    Object.entries(samples).find(([key]) => {
      const [verb, template = ''] = key.split(' ')
      return verb === method && new RegExp(`^/v1${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path)
    }) ?? []
  return sample
}
