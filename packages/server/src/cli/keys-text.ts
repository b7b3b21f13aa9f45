import type { SigningKeysTable } from '../database/tables/index.js'
import { spellings } from '../instance/application-keys.js'
import type { SecretKey } from '../instance/secret-keys.js'
import type { Environment } from '../options.js'
import { table } from './table.js'

/** The keys of an instance in two tables, for a person. */
export function keysText(
  environment: Environment,
  secretKeys: readonly SecretKey[],
  signingKeys: readonly SigningKeysTable[],
  now: number,
): string {
  const secrets = secretKeys.map(({ id, name, hint, created_at, revoked_at }) => [
    id,
    name,
    spellings(environment, `…${hint}`).secretKey,
    time(created_at),
    revoked_at === null ? 'in force' : `revoked ${time(revoked_at)}`,
  ])
  const signing = signingKeys.map((key) => [
    key.kid,
    time(key.created_at),
    signingState(key, signsNow(signingKeys, now), now),
  ])
  return [
    `\nSecret keys (${environment})`,
    ...table(['ID', 'NAME', 'KEY', 'MADE', 'STATE'], secrets),
    '\nSigning keys',
    ...table(['KID', 'MADE', 'STATE'], signing),
    '\n',
  ].join('\n')
}

/** They are in the order in which they begin to sign. */
const signsNow = (keys: readonly SigningKeysTable[], now: number) => keys.findLast((key) => key.signs_from <= now)

function signingState(key: SigningKeysTable, current: SigningKeysTable | undefined, now: number): string {
  const { signs_from, published_until, accepted_until } = key
  if (signs_from > now) return `in the key set, signs from ${time(signs_from)}`
  if (key === current) return 'signs'
  if (published_until === null || accepted_until === null) return 'in the key set'
  if (published_until > now) return `in the key set until ${time(published_until)}`
  return `recognised until ${time(accepted_until)}`
}

/** To the second, in UTC. */
export const time = (milliseconds: number) =>
  new Date(milliseconds).toISOString().replace('T', ' ').replace(/\.\d+/, '')
