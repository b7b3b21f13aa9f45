import type { HandlersUnder } from '../http/mount.js'
import type { SigningKeys } from '../tokens/signing-keys.js'
import type { Served } from '../unserved.js'

export const jwksBackend = (keys: SigningKeys): HandlersUnder<Served, 'jwks'> => ({
  'GET /jwks': () => ({ keys: keys.published() }),
})
