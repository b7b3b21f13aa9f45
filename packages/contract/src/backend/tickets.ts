import { z } from 'zod'
import * as field from '../fields.js'
import { table } from '../route.js'

const SignInToken = z
  .object({
    object: z.literal('sign_in_token'),
    id: field.Id,
    user_id: field.Id,
    status: z.enum(['pending', 'accepted', 'revoked']),
    /** The secret itself: only the answer to the creation has it. */
    token: z.string().optional(),
    url: z.string().nullable().optional(),
    created_at: field.Timestamp,
    updated_at: field.Timestamp,
  })
  .meta({ id: 'SignInToken' })

export type SignInTokenJSON = z.output<typeof SignInToken>

const TestingToken = z
  .object({
    object: z.literal('testing_token'),
    token: z.string(),
    /** Seconds since 1970: the one timestamp outside of tokens that is not in milliseconds. */
    expires_at: z.int().min(0),
  })
  .meta({ id: 'TestingToken' })

export type TestingTokenJSON = z.output<typeof TestingToken>

/** What lets somebody, or a test, in. */
export const tickets = table({
  'POST /sign_in_tokens': {
    summary: 'Make a ticket that signs a user in, once',
    body: z.object({ user_id: field.Reference, expires_in_seconds: z.int().min(1).max(315_360_000).nullish() }),
    refuses: ['org_id'],
    returns: SignInToken,
    errors: ['resource_not_found'],
  },
  'POST /sign_in_tokens/{sign_in_token_id}/revoke': {
    summary: 'Revoke a ticket that was not used yet',
    returns: SignInToken,
    errors: ['resource_not_found', 'sign_in_token_cannot_be_revoked_code'],
  },
  'POST /testing_tokens': {
    summary: 'Make a token that lets an automated test pass bot protection',
    returns: TestingToken,
  },
})
