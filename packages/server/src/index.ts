export { type Address, type Listener, listen } from './http/listen.js'
export type { ApplicationKeys, ClerkServer, ServerOptions, Storage } from './options.js'
export { createServer } from './server.js'
export { StartupError } from './startup-error.js'
