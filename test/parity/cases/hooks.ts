import { expect } from 'vitest'
import type { Case } from '../case.js'
import { absent } from '../difference.js'
import { reply } from '../recorder.js'
import { get, noting } from './request.js'

// biome-ignore lint/suspicious/noExplicitAny: the two packages give hooks objects of their own
type Given = any

const notFound = { status: 404, json: { errors: [{ message: 'a', long_message: 'b', code: 'c' }] } }

const fail = (): never => {
  throw new RangeError('thrown')
}

export const hookCases: Case[] = [
  noting(
    'beforeRequest changes the headers',
    (note) => ({
      hooks: {
        beforeRequest: [
          async ({ method, url, body, headers }: Given) => {
            note(method, url.pathname, typeof body, headers.accept)
            headers['x-unicorn'] = 'rainbow'
          },
        ],
      },
    }),
    { call: { ...get, operation: 'users.updateUser', args: () => ['user_1', { firstName: 'Ada' }] } },
  ),
  noting('beforeRequest throws', () => ({ hooks: { beforeRequest: [fail] } })),
  noting(
    'beforeRequest at a redirect',
    (note) => ({ hooks: { beforeRequest: [({ url }: Given) => note(url.pathname)] } }),
    {
      answer: (response, _, count) =>
        reply(response, count === 1 ? { status: 302, headers: { location: '/v1/x' } } : { json: [] }),
      differs: { beforeRequest: { 'notes.1': ['/v1/x', absent] } },
    },
  ),
  noting(
    'what beforeRequest is given',
    (note) => ({ hooks: { beforeRequest: [(options: Given) => note(Object.keys(options).sort().join())] } }),
    { differs: { hookArguments: { 'notes.0': [expect.stringContaining('retry'), 'body,headers,method,url'] } } },
  ),
  noting(
    'beforeRetry, between two attempts',
    (note) => ({
      retry: { limit: 1, calculateDelay: ({ computedValue }: Given) => computedValue && 1 },
      hooks: {
        beforeRequest: [() => note('request')],
        beforeRetry: [
          ({ headers }: Given, { message }: Given, count: number) => {
            note(message, count)
            headers['x-attempt'] = String(count)
          },
        ],
      },
    }),
    { answer: { status: 503 } },
  ),
  noting('afterResponse sees a success', (note) => ({
    hooks: {
      afterResponse: [
        (response: Given) => {
          note(
            response.statusCode,
            response.statusMessage,
            response.body,
            response.headers['content-type'],
            response.retryCount,
          )
          return response
        },
      ],
    },
  })),
  noting(
    'afterResponse sees a failure',
    (note) => ({
      hooks: {
        afterResponse: [
          (response: Given) => {
            note(response.statusCode, response.body)
            return response
          },
        ],
      },
    }),
    { answer: notFound },
  ),
  noting('afterResponse changes the answer', () => ({
    hooks: {
      afterResponse: [
        (response: Given) => {
          response.body = { object: 'session', id: 'sess_2' }
          return response
        },
      ],
    },
  })),
  noting('afterResponse gives another answer', () => ({
    hooks: { afterResponse: [(response: Given) => ({ ...response, body: { object: 'session', id: 'sess_2' } })] },
  })),
  noting(
    'how many arguments afterResponse is given',
    (note) => ({
      hooks: {
        afterResponse: [
          (...given: Given[]) => {
            note(given.length)
            return given[0]
          },
        ],
      },
    }),
    { differs: { afterResponse: { 'notes.0': [2, 1] } } },
  ),
  noting('afterResponse throws', () => ({ hooks: { afterResponse: [fail] } }), {
    differs: {
      hookThrows: { 'outcome.error.statusCode': [200, 500], 'outcome.error.data': [expect.anything(), undefined] },
    },
  }),
  noting(
    'beforeError changes the message',
    () => ({
      hooks: {
        beforeError: [
          (error: Given) => {
            error.message = `Sorry: ${error.message}`
            return error
          },
        ],
      },
    }),
    { answer: notFound },
  ),
  noting(
    'beforeError sees a connection that is refused',
    (note) => ({
      hooks: {
        beforeError: [
          (error: Given) => {
            note(error.code, error.message)
            return error
          },
        ],
      },
    }),
    { call: { ...get, serverApiUrl: 'http://127.0.0.1:1' } },
  ),
  noting('beforeError throws', () => ({ hooks: { beforeError: [fail] } }), {
    answer: notFound,
    differs: {
      hookThrows: { 'outcome.error.statusCode': [404, 500], 'outcome.error.data': [expect.anything(), undefined] },
    },
  }),
  noting('beforeError gives another error', () => ({ hooks: { beforeError: [() => new RangeError('mine')] } }), {
    answer: notFound,
    differs: {
      beforeError: {
        'outcome.error.(class)': ['HttpError', 'RangeError'],
        'outcome.error.statusCode': [404, absent],
        'outcome.error.data': [expect.anything(), absent],
      },
    },
  }),
]
