import { SignInToken } from '../src/sign-in-tokens/sign-in-token.js'
import { testOperations } from './support/operations.js'

const answer = {
  object: 'sign_in_token',
  id: 'sit_1',
  user_id: 'user_1',
  status: 'pending',
  created_at: 1,
  updated_at: 2,
}
const gives = new SignInToken({ id: 'sit_1', userId: 'user_1', status: 'pending', createdAt: 1, updatedAt: 2 })

testOperations('signInTokens', {
  'createSignInToken(all)': {
    call: (api, _, options) => api.createSignInToken({ userId: 'user_1', expiresInSeconds: 60 }, options),
    request: 'POST /sign_in_tokens',
    body: 'user_id=user_1&expires_in_seconds=60',
    answer: { ...answer, token: 'ticket', url: 'https://a' },
    gives: new SignInToken({ ...gives, token: 'ticket', url: 'https://a' }),
  },
  'revokeSignInToken(id)': {
    call: (api, id, options) => api.revokeSignInToken(id, options),
    request: 'POST /sign_in_tokens/id_1/revoke',
    answer,
    gives,
  },
})
