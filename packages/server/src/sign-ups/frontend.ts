import type { Frontend } from '@clerk-server/contract'
import type { BrowserClients } from '../clients/browser-clients.js'
import type { UnderWay } from '../clients/browser-view.js'
import { knownClient } from '../clients/known.js'
import type { Clock } from '../clock.js'
import type { SignUpsTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { Handlers } from '../http/mount.js'
import { requireClient, type Visitor } from '../visitors/visitor.js'
import type { SignUps } from './sign-ups.js'
import type { SignUpStore } from './store.js'
import { signUpView, statusOf } from './view.js'

type SignUpHandlers = Pick<
  Handlers<Frontend, Visitor>,
  Extract<keyof Frontend, `${string} /client/sign_ups` | `${string} /client/sign_ups/${string}`>
>

export function signUpsFrontend(
  flow: SignUps,
  signUps: Pick<SignUpStore, 'get'>,
  clients: BrowserClients,
  clock: Clock,
): SignUpHandlers {
  const view = (row: SignUpsTable, { settings }: Visitor) => signUpView(row, settings, clock())

  return {
    'POST /client/sign_ups': async ({ body: { transfer, ...given } }, visitor) => {
      if (transfer) {
        throw new ApiError('account_transfer_invalid', {
          param: 'transfer',
          message: 'is for accounts of somebody else, with which nobody can sign in here',
        })
      }
      await knownClient(clients, visitor)
      return view(await flow.begin(given, visitor), visitor)
    },

    'GET /client/sign_ups/{sign_up_id}': async ({ params }, visitor) =>
      view(await signUps.get(requireClient(visitor).id, params.sign_up_id), visitor),

    'PATCH /client/sign_ups/{sign_up_id}': async ({ params, body }, visitor) =>
      view(await flow.proceed(params.sign_up_id, body, visitor), visitor),

    'POST /client/sign_ups/{sign_up_id}/prepare_verification': async ({ params, body }, visitor) =>
      view(await flow.prepare(params.sign_up_id, body.strategy, visitor), visitor),

    'POST /client/sign_ups/{sign_up_id}/attempt_verification': async ({ params, body }, visitor) =>
      view(await flow.attempt(params.sign_up_id, body, visitor), visitor),
  }
}

/** The attempt that is under way in a browser, until it is over. */
export const signUpUnderWay =
  (signUps: Pick<SignUpStore, 'find'>, clock: Clock): UnderWay['signUp'] =>
  async ({ id, sign_up_id }, { settings }) => {
    const row = sign_up_id === null ? undefined : await signUps.find(id, sign_up_id)
    return row && statusOf(row, clock()) === 'missing_requirements' ? signUpView(row, settings, clock()) : null
  }
