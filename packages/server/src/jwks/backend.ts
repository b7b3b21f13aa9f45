import type { HandlersUnder } from '../http/mount.js'
import type { SigningKey } from '../tokens/signing-key.js'
import type { Served } from '../unserved.js'

export const jwksBackend = (key: SigningKey): HandlersUnder<Served, 'jwks'> => ({
  'GET /jwks': () => ({ keys: [key.jwk] }),
})
