import { Agent, type AgentOptions } from 'node:http'
import { Agent as SecureAgent } from 'node:https'

const options: AgentOptions = {
  keepAlive: true,
  // However many calls run at once, an origin sees no more connections than this; the other calls wait their turn.
  maxSockets: 64,
  maxFreeSockets: 16,
  // Shorter than the 5 s after which servers on Node drop an idle connection: we hang up first, so that a request that
  // must not be repeated (a POST) rarely meets a connection the other side is just closing.
  timeout: 4_000,
}

let shared: { http: Agent; https: Agent } | undefined

/**
 * The connections of every instance in this process. Node lets a program end while kept connections are idle.
 * Made on first use: nothing happens when the package is loaded.
 */
export function sharedAgents(): { http: Agent; https: Agent } {
  shared ??= { http: new Agent(options), https: secureAgent() }
  return shared
}

/** Encrypted connections that nobody else uses. */
export const secureAgent = (): SecureAgent => new SecureAgent(options)
