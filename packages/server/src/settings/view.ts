import type { InstanceJSON, InstanceRestrictionsJSON } from '@clerk-server/contract'
import type { Environment } from '../options.js'
import type { Settings } from './settings.js'

/** An instance as the Backend API shows it. Nobody owns it but who runs the server, so it has no workspace. */
export function instanceView(id: string, environment: Environment, settings: Settings): InstanceJSON {
  return {
    object: 'instance',
    id,
    environment_type: environment,
    allowed_origins: settings.allowed_origins,
    workspace_id: null,
  }
}

export function restrictionsView(settings: Settings): InstanceRestrictionsJSON {
  return {
    object: 'instance_restrictions',
    allowlist: settings.allowlist,
    blocklist: settings.blocklist,
    allowlist_blocklist_disabled_on_sign_in: settings.allowlist_blocklist_disabled_on_sign_in,
    block_email_subaddresses: settings.block_email_subaddresses,
    block_disposable_email_domains: settings.block_disposable_email_domains,
    ignore_dots_for_gmail_addresses: settings.ignore_dots_for_gmail_addresses,
  }
}
