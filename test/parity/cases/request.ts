import { expect } from 'vitest'
import type { Case, Differs } from '../case.js'
import { absent, type Differences } from '../difference.js'
import { type Call, calling, observe } from '../observation.js'
import type { Answer } from '../recorder.js'

const json = { object: 'user', id: 'user_1' }

/** What is answered where it does not matter. */
const good: Answer = { json }

export const get: Call = { operation: 'users.getUser', args: () => ['user_1'], answer: good }
export const post: Call = { operation: 'users.createUser', args: () => [{}], answer: good }

interface About {
  answer?: Answer
  call?: Call
  differs?: Differs
}

/** A request with `httpOptions`. */
export const requesting = (title: string, httpOptions: object, { answer, call = get, differs }: About = {}): Case =>
  calling(title, { ...call, httpOptions, ...(answer && { answer }) }, differs)

type Note = (...what: unknown[]) => void

/** A request with `httpOptions` that write down what they are given. */
export const noting = (
  title: string,
  options: (note: Note) => object,
  { answer, call = get, differs = {} }: About = {},
): Case => ({
  title,
  differs,
  observe: async (subject, recorder) => {
    const notes: unknown[] = []
    const httpOptions = options((...what) => void notes.push(...what))
    return { ...(await observe(subject, recorder, { ...call, httpOptions, ...(answer && { answer }) })), notes }
  },
})

/** What 2.6.3 fails to do. */
export const onlyOurs = (message: unknown, data?: unknown): Differences => ({
  'sent.0': [absent, expect.anything()],
  'outcome.value': [absent, expect.anything()],
  'outcome.error': [{ '(class)': 'HttpError', message, statusCode: 500, data }, absent],
})
