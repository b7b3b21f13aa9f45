import type { ClientSessionJSON, OwnUserJSON } from '@clerk-server/contract'
import type { StoredUser } from './store.js'
import { userView } from './view.js'

/** A stored user as they see themselves at a moment, in milliseconds: nothing of what the application keeps to itself. */
export function ownUserView(user: StoredUser, now: number): OwnUserJSON {
  const { private_metadata: _, create_organizations_limit: limit, ...shown } = userView(user, now)
  return { ...shown, organization_memberships: [], ...(limit !== null && { create_organizations_limit: limit }) }
}

/** What others may see of a stored user. */
export const publicUserView = ({ row, identifications }: StoredUser): ClientSessionJSON['public_user_data'] => ({
  first_name: row.first_name,
  last_name: row.last_name,
  image_url: '',
  has_image: false,
  identifier: identifierOf({ row, identifications }),
  profile_image_url: '',
  user_id: row.id,
  username: row.username,
})

/** What a user is known by: the primary address, or the next best. */
function identifierOf({ row, identifications }: StoredUser): string {
  const primaries = [row.primary_email_address_id, row.primary_phone_number_id]
  const primary = primaries.map((id) => identifications.find((one) => one.id === id)).find(Boolean)
  return primary?.value ?? row.username ?? identifications[0]?.value ?? ''
}
