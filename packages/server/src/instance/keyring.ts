import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { ApplicationKeys } from '../options.js'

/** The host that names this instance in tokens and in the publishable key. Nothing ever connects to it (RFC 6761). */
const frontendHost = 'clerk.localhost'

/** `iss` of every session token. */
export const issuer = `https://${frontendHost}`

/** What an instance keeps secret. Losing it ends every session; leaking it hands over every user. */
export const Keyring = z.object({
  instanceId: z.string(),
  /** What follows `sk_test_`, and `test_` in the old spelling of the same key. */
  secret: z.string().min(32),
  signingKey: z.object({ kid: z.string(), privateKey: z.string() }),
})

export type Keyring = z.output<typeof Keyring>

/** Where a keyring is kept between two starts. */
export interface KeyringStore {
  load(): Promise<Keyring | undefined>
  /** Keeps a keyring unless there is one by now, and gives back the one that is kept. */
  keep(keyring: Keyring): Promise<Keyring>
}

/** The keyring that is kept, or a new one that is kept from now on. */
export async function openKeyring(
  store: KeyringStore,
  instanceId: () => string,
  privateKey: () => Promise<string>,
): Promise<Keyring> {
  return (await store.load()) ?? store.keep(createKeyring(instanceId(), await privateKey()))
}

const createKeyring = (instanceId: string, privateKey: string): Keyring => ({
  instanceId,
  secret: randomBytes(32).toString('hex'),
  signingKey: { kid: `${instanceId}_${randomBytes(4).toString('hex')}`, privateKey },
})

export const applicationKeys = ({ secret }: Keyring): ApplicationKeys => ({
  secretKey: `sk_test_${secret}`,
  apiKey: `test_${secret}`,
  publishableKey: `pk_test_${Buffer.from(`${frontendHost}$`).toString('base64')}`,
})

/** Compares a presented key with both spellings of ours in a time that does not depend on either. */
export function keyChecker({ secretKey, apiKey }: ApplicationKeys): (key: string) => boolean {
  const accepted = [secretKey, apiKey].map(digest)
  return (key) => {
    const presented = digest(key)
    return accepted.map((one) => timingSafeEqual(one, presented)).includes(true)
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()
