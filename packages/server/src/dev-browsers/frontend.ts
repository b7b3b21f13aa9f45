import type { Frontend } from '@clerk-server/contract'
import { ApiError } from '../errors.js'
import type { Handlers } from '../http/mount.js'
import type { Environment } from '../options.js'
import type { Visitor } from '../visitors/visitor.js'
import type { DevBrowserStore } from './store.js'

export function devBrowsersFrontend(
  devBrowsers: DevBrowserStore,
  environment: Environment,
): Pick<Handlers<Frontend, Visitor>, 'POST /dev_browser'> {
  return {
    'POST /dev_browser': async (_, { client }) => {
      if (environment !== 'development') {
        throw new ApiError('request_invalid_for_environment', {
          message: 'a token in URLs is for development instances only: a browser proves itself by a cookie here',
        })
      }
      const token = await devBrowsers.create(client?.id ?? null)
      // Published browser clients take the id for the token.
      return { object: 'dev_browser', id: token, token }
    },
  }
}
