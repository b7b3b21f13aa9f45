import type { ServerOptions } from '../options.js'

const current = 'CLERK_SERVER_ENCRYPTION_KEY'
const previous = 'CLERK_SERVER_ENCRYPTION_KEY_PREVIOUS'

/** From the environment only: what is on a command line, every user of the machine can read. */
export const encryptionKeys = (): Pick<ServerOptions, 'encryptionKey' | 'previousEncryptionKey'> => ({
  encryptionKey: process.env[current],
  previousEncryptionKey: process.env[previous],
})

/** The environment for a program that has no need to open what is sealed. */
export function withoutEncryptionKeys(): NodeJS.ProcessEnv {
  const { [current]: _, [previous]: __, ...environment } = process.env
  return environment
}
