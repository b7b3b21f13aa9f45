import type { ApplicationKeys, Environment } from '../options.js'

/** By these prefixes clients tell a development instance from a production instance. */
const prefixes: Record<Environment, 'test_' | 'live_'> = { development: 'test_', production: 'live_' }

/** What an application is configured with: the publishable key names the host of the issuer. */
export function applicationKeys(environment: Environment, issuer: string, secret?: string): ApplicationKeys {
  const publishable = Buffer.from(`${new URL(issuer).host}$`).toString('base64')
  return { ...spellings(environment, secret), publishableKey: `pk_${prefixes[environment]}${publishable}` }
}

/** Both spellings of a secret key. */
export function spellings(environment: Environment, secret: string): { secretKey: string; apiKey: string }
export function spellings(
  environment: Environment,
  secret: string | undefined,
): Pick<ApplicationKeys, 'secretKey' | 'apiKey'>
export function spellings(environment: Environment, secret: string | undefined) {
  const apiKey = secret === undefined ? undefined : `${prefixes[environment]}${secret}`
  return { secretKey: apiKey && `sk_${apiKey}`, apiKey }
}

/** The secret of a key in either spelling; `undefined` for one that is no secret key of such an instance. */
export function secretOf(key: string, environment: Environment): string | undefined {
  const apiKey = key.replace(/^sk_/, '')
  return apiKey.startsWith(prefixes[environment]) ? apiKey.slice(prefixes[environment].length) : undefined
}
