import type { Backend, RouteRequest } from '@clerk-server/contract'
import { ApiError } from '../errors.js'
import type { HandlersUnder } from '../http/mount.js'
import type { Served } from '../unserved.js'
import { interstitialPage, type PageSettings } from './page.js'

type Query = RouteRequest<Backend, 'GET /public/interstitial', 'output'>['query']

/** The major version that brings its own user interface, and is one file. */
const usualVersion = '5'

const scriptPath = (version: string) => `/npm/@clerk/clerk-js@${version}/dist/clerk.browser.js`

/**
 * @param publicUrl where people reach this server
 * @param publishableKey of this instance: a page for another would run what is not ours
 */
export function interstitialsBackend(
  publicUrl: () => string,
  publishableKey: string,
): HandlersUnder<Served, 'internal' | 'public'> {
  const ownProxy = () => `${publicUrl()}/__clerk`

  return {
    'GET /internal/interstitial': () =>
      interstitialPage({
        publishableKey,
        proxyUrl: ownProxy(),
        scriptUrl: ownProxy() + scriptPath(usualVersion),
      }),

    'GET /public/interstitial': ({ query }) => {
      checkInstance(query, publishableKey)
      return interstitialPage({
        publishableKey,
        signInUrl: query.sign_in_url,
        isSatellite: query.is_satellite,
        ...placeOf(query, ownProxy()),
      })
    },
  }
}

/** Where the page finds the Frontend API, and clerk-js: by the proxy that was named, the domain of a satellite, or here. */
function placeOf(query: Query, ownProxy: string): Pick<PageSettings, 'proxyUrl' | 'domain' | 'scriptUrl'> {
  const path = scriptPath(query.clerk_js_version ?? usualVersion)
  const proxyUrl = query.proxy_url?.replace(/\/+$/, '') ?? ownProxy
  if (!query.domain || query.proxy_url) return { proxyUrl, scriptUrl: proxyUrl + path }
  const scriptUrl = query.use_domain_for_script ? `https://${query.domain}${path}` : ownProxy + path
  return { domain: query.domain, scriptUrl }
}

/** @throws ApiError unless the publishable key, or in its place the host it is made of, is that of this instance */
function checkInstance({ publishable_key, frontend_api, frontendApi }: Query, ours: string): void {
  const host = frontend_api ?? frontendApi
  if (!publishable_key && !host) {
    throw new ApiError('missing_query_parameter', {
      param: 'publishable_key',
      message: 'is required, unless frontend_api is given',
    })
  }
  if (publishable_key && hostOf(publishable_key) === undefined) {
    throw new ApiError('malformed_publishable_key', { param: 'publishable_key' })
  }
  if (publishable_key && publishable_key !== ours) throw notOurs('publishable_key')
  if (!publishable_key && host !== hostOf(ours)) throw notOurs(frontend_api ? 'frontend_api' : 'frontendApi')
}

const notOurs = (param: string) =>
  new ApiError('form_param_value_invalid', { param, message: 'is not that of this instance' })

/** The host a publishable key is made of; `undefined` for what is no such key. */
function hostOf(publishableKey: string): string | undefined {
  const encoded = /^pk_(?:test|live)_([A-Za-z0-9+/=]+)$/.exec(publishableKey)?.[1]
  if (encoded === undefined) return undefined
  return /^([^$]+\.[^$]+)\$$/.exec(Buffer.from(encoded, 'base64').toString())?.[1]
}
