export type { ApplicationKeys } from './instance/keyring.js'
export type { Storage } from './instance/storage.js'
export { type ClerkServer, createServer, type ServerOptions } from './server.js'
export { StartupError } from './startup-error.js'
