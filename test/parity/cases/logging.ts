import { vi } from 'vitest'
import type { Case } from '../case.js'
import { guardOf } from '../middleware.js'
import type { Subject } from '../subjects.js'
import { keySet, makeToken } from '../tokens.js'

const levels = ['debug', 'info', 'warn', 'error'] as const

/** What is printed meanwhile, by the level of the console that prints it. */
async function printed(logging: string | undefined, run: () => unknown): Promise<unknown[]> {
  const lines: unknown[] = []
  vi.stubEnv('CLERK_LOGGING', logging)
  const spies = levels.map((level) =>
    vi.spyOn(console, level).mockImplementation((...given: unknown[]) => void lines.push({ level, given })),
  )
  try {
    await run()
  } finally {
    for (const spy of spies) spy.mockRestore()
    vi.unstubAllEnvs()
  }
  return lines
}

type Log = Record<(typeof levels)[number], (message: unknown) => void>

const logOf = ({ exports }: Subject): Log => exports['Logger'] as Log

/** A line with another moment in place of its own, if that is one. */
const timeless = (line: unknown): unknown =>
  JSON.parse(JSON.stringify(line).replace(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/, '"(time)"'))

const token = makeToken()

export const loggingCases: Case[] = [
  ...levels.map(
    (level): Case => ({
      title: `Logger.${level} prints an object`,
      observe: async (subject) => (await printed('true', () => logOf(subject)[level]('hello'))).map(timeless),
      like: [{ level, given: [{ timestamp: '(time)', level: level.toUpperCase(), message: 'hello' }] }],
    }),
  ),
  ...[undefined, '', 'TRUE', '1', 'false'].map(
    (logging): Case => ({
      title: `Logger prints nothing where CLERK_LOGGING is ${JSON.stringify(logging)}`,
      observe: (subject) => printed(logging, () => logOf(subject).info('hello')),
    }),
  ),
  {
    title: 'Logger prints a token',
    observe: async (subject) => (await printed('true', () => logOf(subject).info(token))).map(timeless),
    differs: { tellingTokens: { '0.given.0.message': [token, '[redacted]'] } },
  },
  {
    title: 'Logger prints an object with a token in it',
    observe: async (subject) => (await printed('true', () => logOf(subject).info({ token }))).map(timeless),
    differs: { loggedObject: { '0.given.0.message': [{ token }, "{\n  token: '[redacted]'\n}"] } },
  },
  {
    title: 'a line of the middleware has the token of the visitor in it',
    observe: async (subject, recorder) => {
      const guard = guardOf(subject, recorder, { keys: keySet }).expressWithSession()
      const req = { headers: { authorization: `Bearer ${token}`, cookie: `__session=${token}` } }
      const lines = await printed('true', () => guard(req as never, {} as never, () => {}))
      return { told: JSON.stringify(lines).includes(token) }
    },
    differs: { tellingTokens: { told: [true, false] } },
  },
  {
    title: 'the default onError prints what the API said',
    observe: async (subject, recorder) => {
      const clerk = guardOf(subject, recorder, {}) as unknown as {
        defaultOnError(error: unknown): void
        strictOnError(error: unknown): unknown
      }
      const { HttpError, ClerkServerError } = subject.exports as Record<string, new (...given: unknown[]) => Error>
      if (!HttpError || !ClerkServerError) return {}
      const data = [new ClerkServerError({ message: 'a', longMessage: 'That is a.', code: 'c' })]
      const error = new HttpError(422, 'no', data)
      const lax = await printed('true', () => clerk.defaultOnError(error))
      const strict = await printed('true', () => clerk.strictOnError(error))
      return {
        lax: lax.map(timeless),
        strict: strict.map(timeless),
        silent: await printed(undefined, () => clerk.strictOnError(error)),
      }
    },
  },
]
