import type { Agent } from 'node:https'
import type { ConnectionOptions } from 'node:tls'
import { builtins } from '../builtins.js'
import { secureAgent } from './agents.js'
import { expectField, fieldsOf, isBoolean, isFunction } from './fields.js'

/** Whom to trust and who to be when a connection is encrypted. Values are those of `node:tls`. */
export interface TlsOptions {
  /** Trusted in place of the authorities that Node knows, in PEM. */
  certificateAuthority?: ConnectionOptions['ca']
  /** The private key of `certificate`, in PEM. */
  key?: ConnectionOptions['key']
  /** What this side shows, in PEM. */
  certificate?: ConnectionOptions['cert']
  /** Opens `key` or `pfx`. */
  passphrase?: string | undefined
  /** Key and certificate in one. */
  pfx?: ConnectionOptions['pfx']
  /** `false` trusts whoever answers. Default: true. */
  rejectUnauthorized?: boolean | undefined
  /** Returns an Error when the certificate is not one for the host. */
  checkServerIdentity?: ConnectionOptions['checkServerIdentity']
}

/** What `node:https` is given, and the connections that are made so. */
export interface TlsSettings {
  readonly options: ConnectionOptions
  /** Of these settings alone: Node would hand a connection to calls that ask for another check of the host. */
  readonly agent: Agent
}

/** The names of got, each with the name that Node has for it. */
const names = {
  certificateAuthority: 'ca',
  key: 'key',
  certificate: 'cert',
  passphrase: 'passphrase',
  pfx: 'pfx',
  rejectUnauthorized: 'rejectUnauthorized',
  checkServerIdentity: 'checkServerIdentity',
} as const satisfies { [Name in keyof Required<TlsOptions>]: keyof ConnectionOptions }

/** Reads `httpOptions.https`. */
export function readTls(value: unknown): { tls: TlsSettings } {
  const fields = fieldsOf('https', value, Object.keys(names) as (keyof TlsOptions)[])
  expectField('https.rejectUnauthorized', fields.rejectUnauthorized, isBoolean, 'true or false')
  expectField('https.checkServerIdentity', fields.checkServerIdentity, isFunction, 'a function')
  const options: ConnectionOptions = Object.fromEntries(
    Object.entries(fields).map(([name, content]) => [names[name as keyof TlsOptions], content]),
  )
  try {
    builtins.tls.createSecureContext(options)
  } catch (error) {
    throw new Error(`httpOptions.https cannot be used: ${(error as Error).message}`)
  }
  return { tls: { options, agent: secureAgent() } }
}
