import type { SignInTokenJSON } from '@clerk-server/contract'
import type { SignInTokensTable } from '../database/tables/index.js'

/** A stored sign-in token as the Backend API shows it, without the secret that only its creation gives. */
export function signInTokenView(row: SignInTokensTable): SignInTokenJSON {
  return {
    object: 'sign_in_token',
    id: row.id,
    user_id: row.user_id,
    status: row.status,
    url: null,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}
