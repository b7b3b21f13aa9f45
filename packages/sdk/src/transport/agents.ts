import type { Agent, AgentOptions } from 'node:http'
import type { Agent as SecureAgent } from 'node:https'
import { builtins } from '../builtins.js'

const options: AgentOptions = {
  keepAlive: true,
  // However many calls run at once, an origin sees no more connections than this; the other calls wait their turn. All of
  // them are kept: those that are hung up between two bursts of calls would have to be made again for the second.
  maxSockets: 64,
  maxFreeSockets: 64,
  // Shorter than the 5 s after which servers on Node drop an idle connection: we hang up first, so that a request that
  // must not be repeated (a POST) rarely meets a connection the other side is just closing.
  timeout: 4_000,
}

const shared: { http?: Agent; https?: SecureAgent } = {}

/**
 * The connections of every instance in this process. Node lets a program end while kept connections are idle.
 * Made on first use: nothing happens when the package is loaded.
 */
export const sharedAgents = {
  get http(): Agent {
    shared.http ??= new builtins.http.Agent(options)
    return shared.http
  },
  get https(): SecureAgent {
    shared.https ??= secureAgent()
    return shared.https
  },
}

/** Encrypted connections that nobody else uses. */
export const secureAgent = (): SecureAgent => new builtins.https.Agent(options)
