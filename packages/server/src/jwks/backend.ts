import type { Backend } from '@clerk-server/contract'
import type { HandlersUnder } from '../http/mount.js'
import type { SigningKey } from '../tokens/signing-key.js'

export const jwksBackend = (key: SigningKey): HandlersUnder<Backend, 'jwks'> => ({
  'GET /jwks': () => ({ keys: [key.jwk] }),
})
