import type { SessionActivityJSON } from '@clerk-server/contract'
import type { SessionsTable } from '../database/tables/index.js'

type Origin = Pick<SessionsTable, 'id' | 'user_agent' | 'ip_address'>

/** Where a session was begun, for its user to recognise. Where in the world that is, this server does not look up. */
export async function activityView({ id, user_agent, ip_address }: Origin): Promise<SessionActivityJSON> {
  const { device, browser, version, isMobile } = await readUserAgent(user_agent)
  return {
    object: 'session_activity',
    id: id.replace('sess_', 'sess_activity_'),
    is_mobile: isMobile,
    ...(device !== undefined && { device_type: device }),
    ...(browser !== undefined && { browser_name: browser }),
    ...(version !== undefined && { browser_version: version }),
    ...(ip_address !== null && { ip_address }),
  }
}

interface Agent {
  /** A model such as `iPhone`, or else the operating system. */
  device?: string | undefined
  browser?: string | undefined
  version?: string | undefined
  isMobile: boolean
}

async function readUserAgent(text: string | null): Promise<Agent> {
  if (!text) return { isMobile: false }
  // It knows every browser there is, which a server that starts need not.
  const { default: Bowser } = await import('bowser')
  const { browser, os, platform } = Bowser.parse(text)
  return {
    device: platform.model || os.name || undefined,
    browser: browser.name || undefined,
    version: browser.version || undefined,
    isMobile: platform.type === 'mobile' || platform.type === 'tablet',
  }
}
