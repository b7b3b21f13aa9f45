// Somebody's test in Jest, which gives it globals of its own and transforms nothing.
// @ts-nocheck: the types of those globals are Jest's, too
const sdk = require('@clerk/clerk-sdk-node')
const exercise = require('../exercise.cjs')

afterEach(() => jest.restoreAllMocks())

test('the SDK does what it does elsewhere', () => exercise(sdk))

test('a method can be replaced', async () => {
  const ada = new sdk.User({ id: 'user_1', firstName: 'Ada' })
  jest.spyOn(sdk.users, 'getUser').mockResolvedValue(ada)
  expect(await sdk.default.users.getUser('user_1')).toBe(ada)
  expect(sdk.users.getUser).toHaveBeenCalledWith('user_1')
})

test('middleware calls the method that was put in the place of its own', async () => {
  jest.spyOn(sdk.default, 'verifyToken').mockResolvedValue({ sid: 'sess_1', sub: 'user_1' })
  jest.spyOn(sdk.default, 'decodeToken').mockReturnValue({ sid: 'sess_1' })
  sdk.setClerkApiKey('test_key')
  const request = { headers: { authorization: 'Bearer token' } }
  const next = jest.fn()
  await sdk.ClerkExpressRequireSession()(request, {}, next)
  expect(next).toHaveBeenCalledWith()
  expect(request.session.userId).toBe('user_1')
})
