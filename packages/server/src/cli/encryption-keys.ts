import type { ServerOptions } from '../options.js'

/** From the environment only: what is on a command line, every user of the machine can read. */
export const encryptionKeys = (): Pick<ServerOptions, 'encryptionKey' | 'previousEncryptionKey'> => ({
  encryptionKey: process.env['CLERK_SERVER_ENCRYPTION_KEY'],
  previousEncryptionKey: process.env['CLERK_SERVER_ENCRYPTION_KEY_PREVIOUS'],
})
