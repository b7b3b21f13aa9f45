import { expect } from 'vitest'
import type { Case } from '../case.js'
import { calling } from '../observation.js'
import { operations } from './operations.js'

/** Every operation as it is meant, with what it must send: so that the rest compares calls that are made at all. */
export const goodCallCases: Case[] = Object.entries(operations).map(([operation, { method, path, good, answer }]) => ({
  ...calling(`${operation} as it is meant`, { operation, args: () => [...good], answer: { json: answer } }),
  like: {
    sent: [
      {
        method,
        path: `/v1${path.replace('{id}', () => String(good[0]))}`,
        headers: {
          'user-agent': 'the SDK',
          authorization: 'Bearer test_key',
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
        },
      },
    ],
    outcome: { value: expect.anything() },
  },
}))
