import type { AllowlistIdentifierJSON, BlocklistIdentifierJSON } from '@clerk-server/contract'
import type { ListedIdentifiersTable } from '../database/tables/index.js'

/** An identifier of the allowlist as the Backend API shows it. */
export const allowlistIdentifierView = (row: ListedIdentifiersTable, instanceId: string): AllowlistIdentifierJSON => ({
  object: 'allowlist_identifier',
  ...identifierView(row, instanceId),
  ...(row.invitation_id !== null && { invitation_id: row.invitation_id }),
})

/** An identifier of the blocklist as the Backend API shows it. */
export const blocklistIdentifierView = (row: ListedIdentifiersTable, instanceId: string): BlocklistIdentifierJSON => ({
  object: 'blocklist_identifier',
  ...identifierView(row, instanceId),
})

const identifierView = (row: ListedIdentifiersTable, instanceId: string) => ({
  id: row.id,
  identifier: row.identifier,
  identifier_type: row.identifier_type,
  instance_id: instanceId,
  created_at: row.created_at,
  updated_at: row.updated_at,
})
