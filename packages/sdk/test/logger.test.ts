import { afterEach, expect, test, vi } from 'vitest'
import { Logger } from '../src/logger.js'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

const levels = ['debug', 'info', 'warn', 'error'] as const

test.each(levels)('%s prints a line with time, level and message', (level) => {
  const print = vi.spyOn(console, level).mockReturnValue()
  vi.stubEnv('CLERK_LOGGING', 'true')
  Logger[level]('hello')
  expect(print).toHaveBeenCalledExactlyOnceWith({
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    level: level.toUpperCase(),
    message: 'hello',
  })
})

test.each([undefined, '', 'TRUE', '1', ' true'])('nothing is printed when CLERK_LOGGING is %j', (value) => {
  const print = vi.spyOn(console, 'info').mockReturnValue()
  vi.stubEnv('CLERK_LOGGING', value)
  Logger.info('hello')
  expect(print).not.toHaveBeenCalled()
})

test.each([
  'token eyJhbGciOi.eyJzZWNyZXQi.c2VjcmV0 end',
  'Authorization: Bearer secret',
  'authorization: bearer   secret, x',
  'key sk_test_secret!',
  'key test_secret',
  'key live_secret',
])('no secret is printed: %s', (message) => {
  const print = vi.spyOn(console, 'info').mockReturnValue()
  vi.stubEnv('CLERK_LOGGING', 'true')
  Logger.info(message)
  const printed = JSON.stringify(print.mock.calls)
  expect(printed).toContain('[redacted]')
  expect(printed).not.toMatch(/secret|eyJ|c2Vjcm/)
})
