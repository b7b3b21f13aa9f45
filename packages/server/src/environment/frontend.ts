import type { environment as routes } from '@clerk-server/contract'
import type { Handlers } from '../http/mount.js'
import type { Environment } from '../options.js'
import type { SettingsStore } from '../settings/store.js'
import { environmentView } from './view.js'

export function environmentFrontend(
  settings: Pick<SettingsStore, 'current'>,
  instanceId: string,
  environment: Environment,
  publicUrl: () => string,
): Handlers<typeof routes> {
  const read = async () =>
    environmentView(await settings.current(), { instanceId, environment, publicUrl: publicUrl() })
  return { 'GET /environment': read, 'PATCH /environment': read }
}
