import type { Case, Differs } from './case.js'
import type { Answer, Recorder } from './recorder.js'
import type { Subject } from './subjects.js'
import { keySet } from './tokens.js'

/** What a `Clerk` does with tokens. */
export interface Verifier {
  decodeToken(token: unknown): unknown
  verifyToken(token: unknown): Promise<unknown>
}

/** An instance that has its key set from the recorder. */
export function verifier(
  subject: Subject,
  recorder: Recorder,
  answer: Answer = keySet,
  options: object = {},
): Verifier {
  recorder.answerWith(answer)
  return new subject.Clerk({ apiKey: 'test_key', serverApiUrl: recorder.url, ...options }) as unknown as Verifier
}

/** What comes of a token: a value, or an error by its name, its message, and the moment that it tells of. */
export async function outcomeOf(run: () => unknown): Promise<object> {
  try {
    return { value: await run() }
  } catch (error) {
    const { name, message, expiredAt, date } = error as Error & { expiredAt?: Date; date?: Date }
    return { error: { name, message, at: (expiredAt ?? date)?.getTime() } }
  }
}

interface About {
  keys?: Answer
  options?: object
  differs?: Differs
}

export const verifying = (what: string, token: unknown, { keys, options, differs = {} }: About = {}): Case => ({
  title: `verifyToken of ${what}`,
  differs,
  observe: async (subject, recorder) => {
    const clerk = verifier(subject, recorder, keys, options)
    const outcome = await outcomeOf(() => clerk.verifyToken(token))
    return { outcome, fetched: recorder.sent().map(({ method, path }) => `${method} ${path}`) }
  },
})

export const decoding = (what: string, token: unknown, differs: Differs = {}): Case => ({
  title: `decodeToken of ${what}`,
  differs,
  observe: async (subject, recorder) => ({
    outcome: await outcomeOf(() => verifier(subject, recorder).decodeToken(token)),
  }),
})
