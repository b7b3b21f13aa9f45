import { z } from 'zod'
import { table } from '../route.js'
import { rule } from '../rules.js'

const Page = z.string().meta({ description: 'A page that lets a browser bring its cookies up to date' })

const wellFormed = (test: (value: string) => boolean, message: string) =>
  z.string().max(2048).refine(test, rule('form_param_format_invalid', message)).optional()

/** Without credentials, which would let a URL look like one of another host. */
const isWebUrl = (value: string) => /^https?:\/\/([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?([/?#][^\s\\]*)?$/i.test(value)

const isPath = (value: string) => /^\/(?![/\\])[^\s\\]*$/.test(value)

const WebUrl = wellFormed(
  (value) => isWebUrl(value) || isPath(value),
  'must be an http(s) URL without credentials, or a path',
)

const HostName = wellFormed(
  (value) => /^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/i.test(value),
  'must be the name of a host, with or without a port',
)

const Version = wellFormed(
  (value) => /^(latest|canary|\d+(\.\d+){0,2}(-[\w.]+)?)$/.test(value),
  'must be a version such as 5 or 5.128.0',
)

/** What a visitor is shown while nobody can say yet whether they are signed in. */
export const interstitials = table({
  'GET /internal/interstitial': {
    summary: 'The page between, for a server that has a secret key',
    returns: Page,
    answers: 'html',
    deprecated: true,
  },
  'GET /public/interstitial': {
    summary: 'The page between, for whoever has the publishable key',
    query: z.object({
      publishable_key: z.string().optional(),
      frontend_api: z.string().optional(),
      frontendApi: z.string().optional(),
      proxy_url: WebUrl,
      domain: HostName,
      sign_in_url: WebUrl,
      use_domain_for_script: z.boolean().optional(),
      is_satellite: z.boolean().optional(),
      clerk_js_version: Version,
    }),
    returns: Page,
    answers: 'html',
    public: true,
    errors: ['malformed_publishable_key', 'missing_query_parameter'],
  },
})
