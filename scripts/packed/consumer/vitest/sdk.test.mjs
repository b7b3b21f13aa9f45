// Somebody's test in Vitest.
import clerk, * as sdk from '@clerk/clerk-sdk-node'
import { afterEach, expect, test, vi } from 'vitest'
import exercise from '../exercise.cjs'

afterEach(() => void vi.restoreAllMocks())

test('the SDK does what it does elsewhere', () => exercise(sdk))

test('a method can be replaced', async () => {
  const ada = new sdk.User({ id: 'user_1' })
  vi.spyOn(clerk.users, 'getUser').mockResolvedValue(ada)
  expect(await sdk.users.getUser('user_1')).toBe(ada)
  expect(sdk.users.getUser).toHaveBeenCalledWith('user_1')
})

test('middleware calls the method that was put in the place of its own', async () => {
  vi.spyOn(clerk, 'verifyToken').mockResolvedValue({ sid: 'sess_1', sub: 'user_1' })
  vi.spyOn(clerk, 'decodeToken').mockReturnValue({ sid: 'sess_1' })
  sdk.setClerkApiKey('test_key')
  const request = { headers: { authorization: 'Bearer token' } }
  const next = vi.fn()
  await sdk.ClerkExpressRequireSession()(request, {}, next)
  expect(next).toHaveBeenCalledWith()
  expect(Reflect.get(request, 'session').userId).toBe('user_1')
})
