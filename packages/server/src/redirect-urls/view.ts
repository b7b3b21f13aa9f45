import type { RedirectUrlJSON } from '@clerk-server/contract'
import type { RedirectUrlsTable } from '../database/tables/index.js'

/** A stored redirect URL as the Backend API shows it. */
export function redirectUrlView(row: RedirectUrlsTable): RedirectUrlJSON {
  return {
    object: 'redirect_url',
    id: row.id,
    url: row.url,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}
