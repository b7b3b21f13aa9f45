import type { Frontend, RouteRequest } from '@clerk-server/contract'
import type { BrowserClients } from '../clients/browser-clients.js'
import { knownClient } from '../clients/known.js'
import { ApiError } from '../errors.js'
import type { Handlers } from '../http/mount.js'
import { requireClient, type Visitor } from '../visitors/visitor.js'
import type { Beginnings } from './beginnings.js'
import type { FirstFactors } from './first-factors.js'
import type { Advanced, Progress } from './progress.js'
import type { SecondFactors } from './second-factors.js'
import type { SignInStore } from './store.js'
import type { SignInTickets } from './tickets.js'
import type { ShowSignIn } from './view.js'

export type SignInHandlers = Pick<
  Handlers<Frontend, Visitor>,
  Extract<keyof Frontend, `${string} /client/sign_ins` | `${string} /client/sign_ins/${string}`>
>

type CreateBody = RouteRequest<Frontend, 'POST /client/sign_ins', 'output'>['body']

interface SignInParts {
  clients: BrowserClients
  signIns: SignInStore
  beginnings: Beginnings
  progress: Progress
  firstFactors: FirstFactors
  secondFactors: SecondFactors
  tickets: SignInTickets
  show: ShowSignIn
}

export function signInsFrontend(parts: SignInParts): SignInHandlers {
  const { clients, signIns, beginnings, progress, firstFactors, secondFactors, tickets, show } = parts

  /** What a step has come to; whoever was let in by it proves themselves by another token from now on. */
  function taken({ attempt, token }: Advanced, visitor: Visitor) {
    if (token !== undefined) visitor.token = token
    return show(attempt, visitor)
  }

  type Input = { params: { sign_in_id: string } }
  const standing = ({ params }: Input, visitor: Visitor, status: Parameters<Progress['standing']>[2]) =>
    progress.standing(visitor, params.sign_in_id, status)

  return {
    'POST /client/sign_ins': async ({ body }, visitor) => {
      if (body.transfer) throw new ApiError('account_transfer_invalid')
      const { id: clientId } = await knownClient(clients, visitor)
      await beginnings.requireRoom(clientId, visitor.settings)
      const strategy = strategyOf(body)
      if (strategy === 'ticket') {
        const ticket = required(body, 'ticket')
        await beginnings.requireSignedOut(clientId, await tickets.userOf(ticket))
        return taken(await tickets.begin(ticket, visitor), visitor)
      }
      const identifier = strategy === undefined ? (body.identifier ?? undefined) : required(body, 'identifier')
      const password = strategy === 'password' ? required(body, 'password') : undefined
      const begun = await beginnings.begin(clientId, identifier, visitor.settings)
      if (strategy === undefined) return show(begun, visitor)
      const next = await progress.standing(visitor, begun.id, 'needs_first_factor')
      return strategy === 'password'
        ? taken(await firstFactors.attempt(next, { strategy, password }), visitor)
        : show(await firstFactors.prepare(next, { strategy }), visitor)
    },

    'GET /client/sign_ins/{sign_in_id}': async ({ params }, visitor) =>
      show(await signIns.get(requireClient(visitor).id, params.sign_in_id), visitor),

    'POST /client/sign_ins/{sign_in_id}/prepare_first_factor': async (input, visitor) =>
      show(await firstFactors.prepare(await standing(input, visitor, 'needs_first_factor'), input.body), visitor),

    'POST /client/sign_ins/{sign_in_id}/attempt_first_factor': async (input, visitor) => {
      const next = await standing(input, visitor, 'needs_first_factor')
      return taken(await firstFactors.attempt(next, input.body), visitor)
    },

    'POST /client/sign_ins/{sign_in_id}/prepare_second_factor': async (input, visitor) =>
      show(await secondFactors.prepare(await standing(input, visitor, 'needs_second_factor'), input.body), visitor),

    'POST /client/sign_ins/{sign_in_id}/attempt_second_factor': async (input, visitor) => {
      const next = await standing(input, visitor, 'needs_second_factor')
      return taken(await secondFactors.attempt(next, input.body), visitor)
    },

    'POST /client/sign_ins/{sign_in_id}/reset_password': async (input, visitor) => {
      const next = await standing(input, visitor, 'needs_new_password')
      return taken(await firstFactors.reset(next, input.body), visitor)
    },
  }
}

/** A password and a ticket say themselves what they are for. */
function strategyOf({ strategy, ticket, password }: CreateBody) {
  if (strategy != null) return strategy
  if (ticket != null) return 'ticket'
  return password == null ? undefined : 'password'
}

/** @throws ApiError `form_conditional_param_missing` */
function required(body: CreateBody, param: 'identifier' | 'password' | 'ticket'): string {
  const value = body[param]
  if (value) return value
  throw new ApiError('form_conditional_param_missing', { param, message: 'is required with this strategy' })
}
