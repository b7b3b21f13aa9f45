import { z } from 'zod'
import { table } from '../route.js'

const RsaPublicKey = z
  .object({
    use: z.literal('sig'),
    kty: z.literal('RSA'),
    alg: z.literal('RS256'),
    kid: z.string(),
    n: z.string(),
    e: z.string(),
  })
  .meta({ id: 'RsaPublicKey' })

export type RsaPublicKeyJSON = z.output<typeof RsaPublicKey>

export const jwks = table({
  'GET /jwks': {
    summary: 'The public keys that session tokens are signed with (RFC 7517)',
    returns: z.object({ keys: z.array(RsaPublicKey) }).meta({ id: 'JWKS' }),
  },
})
