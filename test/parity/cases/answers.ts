import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import type { Case, Differs } from '../case.js'
import { absent } from '../difference.js'
import { calling } from '../observation.js'
import { type Answer, type Reply, reply } from '../recorder.js'
import { user } from './json.js'
import { operations } from './operations.js'

const taken = { message: 'is taken', long_message: 'That address is taken.', code: 'form_identifier_exists' }
const text = JSON.stringify(user)
const notParsed = { '(class)': 'HttpError', message: expect.any(String), statusCode: 500, data: expect.any(String) }

/** A success that 2.6.3 calls one in its error, with its status. */
const otherError = (as: keyof Differs, { data = false } = {}): Differs => ({
  [as]: {
    'outcome.error.message': [expect.any(String), expect.any(String)],
    'outcome.error.statusCode': [200, 500],
    ...(data && { 'outcome.error.data': [expect.any(String), expect.any(String)] }),
  },
})

const noError: Differs = {
  oddSuccess: { 'outcome.value': [undefined, absent], 'outcome.error': [absent, notParsed] },
}

const noList = (errors: unknown): Differs => ({
  errorsNoList: {
    'outcome.error.(class)': ['TypeError', 'HttpError'],
    'outcome.error.message': [expect.any(String), 'Response code 422 (Unprocessable Entity)'],
    'outcome.error.statusCode': [absent, 422],
    'outcome.error.data': [absent, errors],
  },
})

/** Whatever was asked, the API may answer with these. */
const answers: Readonly<Record<string, [answer: Answer, differs?: Differs]>> = {
  // Failures
  'errors and 400': [{ status: 400, json: { errors: [taken] } }],
  'errors and 401': [{ status: 401, json: { errors: [taken] } }],
  'errors and 404': [{ status: 404, json: { errors: [taken] } }],
  'several errors and 422': [
    { status: 422, json: { errors: [taken, { ...taken, code: 'other' }], clerk_trace_id: 'a' } },
  ],
  'errors and 429': [{ status: 429, headers: { 'retry-after': '1' }, json: { errors: [taken] } }],
  'errors that lack something and 422': [{ status: 422, json: { errors: [{ code: 'other' }, {}] } }],
  'no errors and 422': [{ status: 422, json: { errors: [] } }],
  'errors that are null and 422': [{ status: 422, json: { errors: null } }],
  'JSON without errors and 403': [{ status: 403, json: { message: 'no' } }],
  'a JSON list and 400': [{ status: 400, json: [taken] }],
  'a JSON text and 400': [{ status: 400, json: 'no' }],
  'text and 500': [{ status: 500, text: 'no' }],
  'HTML and 503': [{ status: 503, headers: { 'content-type': 'text/html' }, text: '<h1>no</h1>' }],
  'JSON that breaks off and 502': [{ status: 502, text: '{"errors":[' }],
  'nothing and 500': [{ status: 500 }],
  'nothing and 418': [{ status: 418 }],
  'a status that nobody knows': [{ status: 599 }],
  'a redirect that leads nowhere': [{ status: 302 }],
  'a choice and 300': [{ status: 300, json: [1] }],
  'errors with the parameter at fault and 422': [
    { status: 422, json: { errors: [{ ...taken, meta: { param_name: 'email_address' } }] } },
    { errorMeta: { 'outcome.error.data.0.meta': [absent, { paramName: 'email_address' }] } },
  ],
  'errors that are a text and 422': [{ status: 422, json: { errors: 'no' } }, noList({ errors: 'no' })],
  'errors that are an object and 422': [{ status: 422, json: { errors: { a: 1 } } }, noList({ errors: { a: 1 } })],
  'errors of which one is null and 422': [{ status: 422, json: { errors: [null] } }, noList([])],
  'not modified': [
    { status: 304 },
    {
      notModified: {
        'outcome.value': [undefined, absent],
        'outcome.error': [absent, expect.objectContaining({ '(class)': 'HttpError', statusCode: 304 })],
      },
    },
  ],

  // Successes
  'an object and 201': [{ status: 201, json: user }],
  'an object and 299': [{ status: 299, json: user }],
  'an empty list': [{ json: [] }],
  'nothing and 204': [{ status: 204 }],
  'JSON without a content type': [{ text }],
  'JSON called something else': [{ headers: { 'content-type': 'text/html; charset=utf-8' }, text }],
  'JSON with blanks around': [{ text: `\r\n ${text}\t\n` }],
  'JSON in gzip': [compressed('gzip', gzipSync(text))],
  'JSON in brotli': [compressed('br', brotliCompressSync(text))],
  'JSON in deflate': [compressed('deflate', deflateSync(text))],
  'JSON in deflate without a header': [
    compressed('deflate', deflateRawSync(text)),
    {
      broken: {
        'outcome.value': [absent, expect.objectContaining({ id: user.id })],
        'outcome.error': [expect.objectContaining({ statusCode: 200 }), absent],
      },
    },
  ],
  'JSON that is null': [
    { json: null },
    {
      oddSuccess: {
        'outcome.error.message': [expect.any(String), expect.any(String)],
        'outcome.error.data': [undefined, 'null'],
      },
    },
  ],
  'JSON that is a number': [{ json: 5 }, noError],
  'JSON that is a text': [{ json: 'ok' }, noError],
  'JSON that is true': [{ json: true }, noError],
  'JSON that breaks off': [{ text: '{"object":' }, otherError('unparsed')],
  'HTML and 200': [{ text: '<h1>hello</h1>' }, otherError('unparsed')],
  'blanks and 200': [{ text: ' \n' }, otherError('unparsed')],
  'JSON after a byte order mark': [{ text: `\ufeff${text}` }, otherError('unparsed', { data: true })],
  'what is no gzip': [compressed('gzip', Buffer.from(text)), otherError('broken')],
  'half of what was said': [
    (response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{', () => response.destroy())
    },
    otherError('broken'),
  ],
  'half of what was to come': [
    (response) => {
      response.writeHead(200).write('{', () => response.destroy())
    },
    otherError('broken'),
  ],
}

function compressed(encoding: string, body: Buffer): Answer {
  return (response) => void response.writeHead(200, { 'content-encoding': encoding }).end(body)
}

/** Redirects within the origin: how the request goes on is in what the recorder was sent. */
const redirects = [301, 302, 303, 307, 308].map((status): [string, [Answer]] => [
  `a redirect by ${status}`,
  [thenUser({ status, headers: { location: '/v1/elsewhere?way=1' } })],
])

function thenUser(first: Reply): Answer {
  return (response, _, count) => reply(response, count === 1 ? first : { json: user })
}

export const answerCases: Case[] = Object.entries(operations).flatMap(([operation, { good }]) =>
  [...Object.entries(answers), ...redirects].map(([what, [answer, differs]]) =>
    calling(`${operation} answered with ${what}`, { operation, args: () => [...good], answer }, differs),
  ),
)
