import { Agent } from 'node:http'
import { expect } from 'vitest'
import type { Case, Differs } from '../case.js'
import { absent } from '../difference.js'
import { calling } from '../observation.js'
import { onlyOurs, requesting } from './request.js'

const headers: Case[] = [
  requesting('a header of your own', { headers: { 'x-unicorn': 'rainbow' } }),
  requesting('a header of several values', { headers: { 'x-unicorn': ['rainbow', 'hill'] } }),
  requesting('a header that is undefined', { headers: { 'x-unicorn': undefined } }),
  ...['accept', 'Accept', 'accept-encoding', 'User-Agent'].map((name) =>
    requesting(`${name} of your own`, { headers: { [name]: 'identity' } }),
  ),
  ...['authorization', 'Authorization', 'AUTHORIZATION', 'content-type', 'Content-type', 'Content-Type'].map((name) =>
    requesting(`${name} stays what the SDK says`, { headers: { [name]: 'x' } }),
  ),
  requesting(
    'user-agent of your own, in lower case',
    { headers: { 'user-agent': 'x' } },
    { differs: { userAgent: { 'sent.0.headers.user-agent': ['the SDK', 'x'] } } },
  ),
]

const queries: Case[] = [
  requesting('a query of your own', { searchParams: { a: 1, b: 'x y', c: true, d: null, e: undefined } }),
  requesting('a query of your own as text', { searchParams: '?a=1&b=x+y&a=2' }),
  calling('a query of your own replaces that of a list', {
    operation: 'users.getUserList',
    args: () => [{ limit: 1 }],
    answer: { json: [] },
    httpOptions: { searchParams: { offset: 2 } },
  }),
  requesting(
    'a query of your own as URLSearchParams',
    { searchParams: new URLSearchParams('a=1') },
    { differs: { urlSearchParams: { 'sent.0.query.a': [absent, '1'] } } },
  ),
]

const refused: Differs = {
  unknownHttpOption: {
    'sent.0': [expect.anything(), absent],
    'outcome.value': [expect.anything(), absent],
    'outcome.error': [
      absent,
      { '(class)': 'Error', message: expect.stringMatching(/^httpOptions\.\w+ is not supported/) },
    ],
  },
}

const unknown = { shoes: 1, method: 'PUT', responseType: 'text', http2: false, isStream: false }

const agent: Differs = { agent: onlyOurs(expect.stringContaining('agent')) }

export const httpOptionCases: Case[] = [
  ...headers,
  ...queries,
  requesting('throwHttpErrors: false', { throwHttpErrors: false }, { answer: { status: 404, json: { errors: [] } } }),
  requesting('throwHttpErrors: false for text', { throwHttpErrors: false }, { answer: { status: 500, text: 'no' } }),
  requesting(
    'decompress: false',
    { decompress: false },
    { differs: { decompress: { 'sent.0.headers.accept-encoding': [absent, 'identity'] } } },
  ),
  requesting('an agent', { agent: new Agent() }, { differs: agent }),
  requesting('an agent for a protocol', { agent: { http: new Agent() } }, { differs: agent }),
  ...Object.entries(unknown).map(([name, value]) =>
    requesting(`the option ${name}`, { [name]: value }, { differs: refused }),
  ),
]
