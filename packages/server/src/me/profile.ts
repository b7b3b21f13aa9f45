import type { Clock } from '../clock.js'
import type { PrimaryNotice } from '../email-addresses/primary-notice.js'
import { ApiError } from '../errors.js'
import type { Attribute } from '../settings/settings.js'
import { metadataText } from '../users/metadata.js'
import { ownUserView } from '../users/own-view.js'
import type { StoredUser, UserChange, UserStore } from '../users/store.js'
import type { MeHandlers } from './signed-in.js'

type ProfileHandlers = Pick<MeHandlers, 'GET /me' | 'PATCH /me' | 'PATCH /me/metadata' | 'DELETE /me'>

interface ProfileParts {
  users: UserStore
  primaryNotice: PrimaryNotice
  clock: Clock
}

export function profileHandlers({ users, primaryNotice, clock }: ProfileParts): ProfileHandlers {
  const view = (user: StoredUser) => ownUserView(user, clock())

  return {
    'GET /me': (_, { user }) => view(user),

    'PATCH /me': async ({ body }, { user, visitor: { settings } }) => {
      for (const name of names) checkName(name, body[name], settings[name])
      const change: UserChange = {
        first_name: body.first_name,
        last_name: body.last_name,
        username: body.username,
        primary_email_address_id: body.primary_email_address_id ?? undefined,
        primary_phone_number_id: body.primary_phone_number_id ?? undefined,
        ...(body.unsafe_metadata !== undefined && {
          unsafe_metadata: metadataText(body.unsafe_metadata ?? {}, 'unsafe_metadata'),
        }),
      }
      const changed = await users.update(user.row.id, change, async (transaction, before, after) => {
        // Whoever has taken over an account would begin with this: who owns it is told, where they still read.
        const address = (id: string | null) => after.identifications.find((one) => one.id === id)
        const { primary_email_address_id: previous } = before
        await primaryNotice(transaction, address(previous), address(after.row.primary_email_address_id))
      })
      return view(changed)
    },

    'PATCH /me/metadata': async ({ body }, { user }) =>
      view(await users.updateMetadata(user.row.id, 'merge', { unsafe_metadata: body.unsafe_metadata })),

    'DELETE /me': async (_, { user }) => {
      const { id } = await users.deleteSelf(user.row.id)
      return { object: 'user', id, deleted: true }
    },
  }
}

const names = ['first_name', 'last_name', 'username'] as const

/** What an instance does not ask for cannot be given, and what it asks of everybody cannot be taken away. */
function checkName(param: (typeof names)[number], given: string | null | undefined, asked: Attribute): void {
  if (given === undefined) return
  const isEmpty = given === null || given === ''
  if (asked === 'off' && !isEmpty) {
    throw new ApiError('form_param_unknown', { param, message: 'is nothing that people have here' })
  }
  if (asked === 'required' && isEmpty) throw new ApiError('form_data_missing', { param, message: 'is required here' })
}
