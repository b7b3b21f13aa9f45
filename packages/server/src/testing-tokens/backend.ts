import type { HandlersUnder } from '../http/mount.js'
import type { TestingTokens } from '../tokens/testing-token.js'
import type { Served } from '../unserved.js'

export const testingTokensBackend = (tokens: TestingTokens): HandlersUnder<Served, 'testing_tokens'> => ({
  'POST /testing_tokens': async () => {
    const { token, expiresAt } = await tokens.issue()
    return { object: 'testing_token', token, expires_at: expiresAt }
  },
})
