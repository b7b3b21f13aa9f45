import { z } from 'zod'
import { User } from '../backend/user.js'
import * as field from '../fields.js'

/** An identity of a kind that no operation creates yet: the lists are always empty. */
const Unserved = z.never()

/** A user as they see themselves: without what the application keeps of them to itself. */
export const OwnUser = User.omit({ private_metadata: true, locale: true, bypass_client_trust: true })
  .extend({
    organization_memberships: z.array(Unserved),
    // The official description knows no null here, and means by a number that is missing that there is no limit.
    create_organizations_limit: z.int().optional(),
  })
  .meta({ id: 'OwnUser' })

export type OwnUserJSON = z.output<typeof OwnUser>

/** What others may see of a user. */
export const PublicUserData = z
  .object({
    first_name: z.string().nullable(),
    last_name: z.string().nullable(),
    image_url: z.string(),
    has_image: z.boolean(),
    identifier: z.string(),
    profile_image_url: z.string(),
    user_id: field.Id,
    username: z.string().nullable(),
  })
  .meta({ id: 'PublicUserData' })
