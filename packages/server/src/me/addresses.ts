import type { ErrorCode } from '@clerk-server/contract'
import type { Admittance } from '../admittance/admittance.js'
import type { BackupCodeStore } from '../backup-codes/store.js'
import type { VerificationsTable } from '../database/tables/index.js'
import { emailAddressView } from '../email-addresses/view.js'
import { ApiError } from '../errors.js'
import type { CodeVerification } from '../identifications/code-verification.js'
import type { StoredIdentification } from '../identifications/proof.js'
import { type IdentificationType, unknownIdentification } from '../identifications/rules.js'
import type { IdentificationStore } from '../identifications/store.js'
import { phoneNumberView } from '../phone-numbers/view.js'
import type { Attempts } from '../users/attempts.js'
import type { StoredUser } from '../users/store.js'
import { firstBackupCodes, requireServed } from './second-factors.js'
import type { MeHandlers, MeRoute, SignedIn } from './signed-in.js'

type AddressRoute = Extract<MeRoute, `${string}/email_addresses${string}` | `${string}/phone_numbers${string}`>

/** What came of a code that was not accepted. */
type Refused = Exclude<VerificationsTable['status'], 'verified'>

const refusals: Record<Refused, ErrorCode> = {
  unverified: 'form_code_incorrect',
  failed: 'verification_failed',
  expired: 'verification_expired',
}

const refused = (status: Refused) => new ApiError(refusals[status], { param: 'code' })

interface AddressParts {
  admittance: Admittance
  identifications: IdentificationStore
  codeVerification: CodeVerification
  backupCodes: BackupCodeStore
  attempts: Attempts
}

export function addressHandlers({
  admittance,
  identifications,
  codeVerification: codes,
  backupCodes,
  attempts,
}: AddressParts): Pick<MeHandlers, AddressRoute> {
  /** What can be done with one's addresses and with one's numbers alike. */
  const actionsOn = <View>(type: IdentificationType, view: (row: StoredIdentification) => View) => {
    const reread = async (id: string) => view(await identifications.get(type, id))

    async function prepare(user: StoredUser, id: string): Promise<View> {
      if (own(user, type, id).status === 'verified') throw new ApiError('verification_already_verified')
      await codes.prepare(type, id)
      return reread(id)
    }

    /** A wrong code counts towards the lock: the address may be anybody's, and there is always another code to guess. */
    async function attempt(user: StoredUser, id: string, code: string): Promise<View> {
      const { status: standing, verification } = own(user, type, id)
      if (standing === 'verified') throw new ApiError('verification_already_verified')
      if (!verification) throw new ApiError('verification_missing')
      let failure: Refused = 'unverified'
      const isRight = await attempts.count(user.row.id, async () => {
        const { status } = await codes.attempt(type, id, { verification_id: verification.id, code })
        if (status === 'verified') return true
        failure = status
        if (status === 'expired') throw refused(status)
        return undefined
      })
      if (!isRight) throw refused(failure)
      return reread(id)
    }

    return {
      list: ({ identifications: all }: StoredUser) => all.filter((one) => one.type === type).map(view),

      async create({ user, visitor: { settings } }: SignedIn, value: string, secondFactor: boolean) {
        if (settings[type] === 'off') {
          throw new ApiError('feature_not_enabled', { message: `nobody has a ${type} here` })
        }
        await admittance.requireAddition({ type, value })
        const address = { value, verified: false, primary: false, secondFactor }
        return view(await identifications.create(type, user.row.id, address))
      },

      read: (user: StoredUser, id: string) => view(own(user, type, id)),

      async remove({ user, visitor: { settings } }: SignedIn, id: string) {
        await identifications.delete(type, own(user, type, id).id, settings[type] === 'required')
        return { id, deleted: true } as const
      },

      prepare,
      attempt,
    }
  }

  const emails = actionsOn('email_address', emailAddressView)
  const phones = actionsOn('phone_number', phoneNumberView)

  return {
    'GET /me/email_addresses': (_, { user }) => emails.list(user),

    'POST /me/email_addresses': ({ body }, me) => emails.create(me, body.email_address, false),

    'GET /me/email_addresses/{email_id}': ({ params }, { user }) => emails.read(user, params.email_id),

    'DELETE /me/email_addresses/{email_id}': async ({ params }, me) => ({
      object: 'email_address',
      ...(await emails.remove(me, params.email_id)),
    }),

    'POST /me/email_addresses/{email_id}/prepare_verification': ({ params }, { user }) =>
      emails.prepare(user, params.email_id),

    'POST /me/email_addresses/{email_id}/attempt_verification': ({ params, body }, { user }) =>
      emails.attempt(user, params.email_id, body.code),

    'GET /me/phone_numbers': (_, { user }) => phones.list(user),

    'POST /me/phone_numbers': ({ body }, me) =>
      phones.create(me, body.phone_number, body.reserved_for_second_factor ?? false),

    'GET /me/phone_numbers/{phone_number_id}': ({ params }, { user }) => phones.read(user, params.phone_number_id),

    'PATCH /me/phone_numbers/{phone_number_id}': async ({ params, body }, { user, visitor: { settings } }) => {
      const { id, default_second_factor } = own(user, 'phone_number', params.phone_number_id)
      if (body.default_second_factor === false && default_second_factor === 1) {
        throw new ApiError('form_disable_default_second_factor_not_allowed', { param: 'default_second_factor' })
      }
      if (body.reserved_for_second_factor) requireServed('phone_code', settings)
      const change = {
        secondFactor: body.reserved_for_second_factor ?? undefined,
        defaultSecondFactor: body.default_second_factor ?? undefined,
      }
      const number = phoneNumberView(await identifications.update('phone_number', id, change))
      const told = body.reserved_for_second_factor ? await firstBackupCodes(backupCodes, user.row, settings) : null
      return { ...number, backup_codes: told }
    },

    'DELETE /me/phone_numbers/{phone_number_id}': async ({ params }, me) => ({
      object: 'phone_number',
      ...(await phones.remove(me, params.phone_number_id)),
    }),

    'POST /me/phone_numbers/{phone_number_id}/prepare_verification': ({ params }, { user }) =>
      phones.prepare(user, params.phone_number_id),

    'POST /me/phone_numbers/{phone_number_id}/attempt_verification': ({ params, body }, { user }) =>
      phones.attempt(user, params.phone_number_id, body.code),
  }
}

/** One of the user's own: of others', nothing is said. @throws ApiError `resource_not_found` */
function own({ identifications }: StoredUser, type: IdentificationType, id: string): StoredIdentification {
  const found = identifications.find((one) => one.type === type && one.id === id)
  if (!found) throw unknownIdentification(type, id)
  return found
}
