import { TestingToken } from '../src/testing-tokens/testing-token.js'
import { testOperations } from './support/operations.js'

testOperations('testingTokens', {
  'createTestingToken()': {
    call: (api, _, options) => api.createTestingToken(options),
    request: 'POST /testing_tokens',
    answer: { object: 'testing_token', token: 'pass', expires_at: 5 },
    gives: new TestingToken({ token: 'pass', expiresAt: 5 }),
  },
})
