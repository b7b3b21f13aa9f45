import { ApiError } from '../errors.js'
import type { HandlersUnder } from '../http/mount.js'
import type { Environment } from '../options.js'
import type { Served } from '../unserved.js'
import type { SettingsStore } from './store.js'
import { instanceView, restrictionsView } from './view.js'

export const settingsBackend = (
  settings: SettingsStore,
  instanceId: string,
  environment: Environment,
): HandlersUnder<Served, 'instance'> => ({
  'GET /instance': async () => instanceView(instanceId, environment, await settings.read()),

  'PATCH /instance': async ({ body }) => {
    if (body.development_origin && environment === 'production') {
      throw new ApiError('request_invalid_for_environment', {
        param: 'development_origin',
        message: 'is of use to development instances only, and this is a production instance',
      })
    }
    const strategy = body.preferred_sign_in_strategy_when_password_required
    await settings.change({
      test_mode: body.test_mode ?? undefined,
      support_email: body.support_email,
      development_origin: body.development_origin,
      allowed_origins: body.allowed_origins && [...new Set(body.allowed_origins)],
      preferred_sign_in_strategy_when_password_required: strategy === '' ? null : (strategy ?? undefined),
    })
  },

  'PATCH /instance/restrictions': async ({ body }) =>
    restrictionsView(
      await settings.change({
        allowlist: body.allowlist ?? undefined,
        blocklist: body.blocklist ?? undefined,
        allowlist_blocklist_disabled_on_sign_in: body.allowlist_blocklist_disabled_on_sign_in ?? undefined,
        block_email_subaddresses: body.block_email_subaddresses ?? undefined,
        block_disposable_email_domains: body.block_disposable_email_domains ?? undefined,
        ignore_dots_for_gmail_addresses: body.ignore_dots_for_gmail_addresses ?? undefined,
      }),
    ),
})
