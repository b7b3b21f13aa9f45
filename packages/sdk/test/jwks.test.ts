import { expect, test, vi } from 'vitest'
import { Clerk } from '../src/clerk.js'
import { testOperations } from './support/operations.js'
import { startJSON } from './support/server.js'

const set = { keys: [{ use: 'sig', kty: 'RSA', alg: 'RS256', kid: 'ins_1', n: 'AQ', e: 'AQAB' }] }

testOperations('jwks', {
  'getJwks()': { call: (api, _, options) => api.getJwks(options), request: 'GET /jwks', answer: set, gives: set },
})

test('an answer that does not say of which kind it is is nothing to log', async () => {
  vi.stubEnv('CLERK_LOGGING', 'true')
  const error = vi.spyOn(console, 'error').mockReturnValue()
  vi.spyOn(console, 'debug').mockReturnValue()
  const { url } = await startJSON(set)
  expect(await new Clerk('test_key', { serverApiUrl: url }).jwks.getJwks()).toEqual(set)
  expect(error).not.toHaveBeenCalled()
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})
