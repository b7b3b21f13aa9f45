import type { TOTPJSON } from '@clerk-server/contract'
import type { BackupCodeStore } from '../backup-codes/store.js'
import { ApiError } from '../errors.js'
import type { Settings } from '../settings/settings.js'
import { type SecondFactor, secondFactorsOf } from '../settings/strategies.js'
import { authenticatorUri } from '../totps/authenticator.js'
import type { StoredTOTP, TOTPStore } from '../totps/store.js'
import { publicUserView } from '../users/own-view.js'
import type { MeHandlers } from './signed-in.js'

type SecondFactorHandlers = Pick<
  MeHandlers,
  'POST /me/totp' | 'POST /me/totp/attempt_verification' | 'DELETE /me/totp' | 'POST /me/backup_codes'
>

interface SecondFactorParts {
  totps: TOTPStore
  backupCodes: BackupCodeStore
}

export function secondFactorHandlers({ totps, backupCodes }: SecondFactorParts): SecondFactorHandlers {
  return {
    'POST /me/totp': async (_, { user, visitor: { settings } }) => {
      requireServed('totp', settings)
      const totp = await totps.create(user.row.id)
      const uri = await authenticatorUri(totp.secret, publicUserView(user).identifier, settings.application_name)
      return totpView(totp, { secret: totp.secret, uri })
    },

    'POST /me/totp/attempt_verification': async ({ body }, { user, visitor: { settings } }) => {
      if (user.row.totp_enabled) throw new ApiError('totp_already_enabled')
      const totp = await totps.verify(user.row.id, body.code)
      if (!totp) throw new ApiError('form_code_incorrect', { param: 'code' })
      return totpView(totp, { backup_codes: await firstBackupCodes(backupCodes, user.row, settings) })
    },

    'DELETE /me/totp': async (_, { user }) => {
      const { id } = await totps.delete(user.row.id)
      return { object: 'totp', id, deleted: true }
    },

    'POST /me/backup_codes': async (_, { user: { row }, visitor: { settings } }) => {
      requireServed('backup_code', settings)
      const { codes, createdAt } = await backupCodes.generate(row.id)
      const id = row.id.replace('user_', 'backup_code_')
      return { object: 'backup_code', id, codes, created_at: createdAt, updated_at: createdAt }
    },
  }
}

/** @throws ApiError `feature_not_enabled` where the instance has no such second factor */
export function requireServed(factor: SecondFactor, settings: Settings): void {
  if (secondFactorsOf(settings).includes(factor)) return
  throw new ApiError('feature_not_enabled', { message: `this instance has no second factor ${factor}` })
}

/** Backup codes for a user who has a second factor and none yet; `null` where there are some, or the instance has none. */
export async function firstBackupCodes(
  backupCodes: BackupCodeStore,
  { id, backup_code_enabled }: { id: string; backup_code_enabled: 0 | 1 },
  settings: Settings,
): Promise<string[] | null> {
  if (backup_code_enabled || !secondFactorsOf(settings).includes('backup_code')) return null
  return (await backupCodes.generate(id)).codes
}

const totpView = (
  { id, verified, created_at, updated_at }: StoredTOTP,
  told: Partial<Pick<TOTPJSON, 'secret' | 'uri' | 'backup_codes'>>,
): TOTPJSON => ({
  object: 'totp',
  id,
  secret: null,
  uri: null,
  verified: verified === 1,
  backup_codes: null,
  created_at,
  updated_at,
  ...told,
})
