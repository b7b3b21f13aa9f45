import { expect } from 'vitest'
import type { Case, Differs } from '../case.js'
import { absent } from '../difference.js'
import { calling, observe } from '../observation.js'
import { type Answer, reply } from '../recorder.js'
import { get, post, requesting } from './request.js'

const limits = {
  'a time limit': 40,
  'a time limit for the request': { request: 40 },
  'a time limit for the answer': { response: 40 },
  'a time limit for silence': { socket: 40 },
}

const nowhere = {
  'a server that is not there': 'http://127.0.0.1:1',
  'a host that is none': 'http://[::1',
  'no URL at all': 'nonsense',
  'a protocol that nobody speaks': 'ftp://127.0.0.1',
}

const failures: Case[] = [
  ...Object.entries(limits).map(([what, timeout]) => requesting(`${what} is over`, { timeout }, { answer: () => {} })),
  requesting(
    'a time limit is over amid the answer',
    { timeout: 400 },
    {
      answer: (response) => void response.writeHead(200).write('{'),
      differs: { broken: { 'outcome.error.statusCode': [200, 500] } },
    },
  ),
  ...[get, post].flatMap((call) =>
    Object.entries(nowhere).map(([what, serverApiUrl]) =>
      calling(`${call.operation} asks ${what}`, { ...call, serverApiUrl }),
    ),
  ),
  {
    title: 'a kept connection is broken off',
    observe: async (subject, recorder) => {
      // The first request leaves a connection behind, whatever came before.
      await observe(subject, recorder, get)
      return observe(subject, recorder, { ...get, answer: (response) => void response.destroy() })
    },
    differs: { keptConnection: { 'sent.1': [absent, expect.anything()] } },
  },
  requesting(
    'an answer of 33 MiB',
    {},
    {
      answer: (response) => void response.writeHead(200).end(`[${' '.repeat(33 * 1024 * 1024)}]`),
      differs: {
        answerSize: {
          'outcome.value': [[], absent],
          'outcome.error': [
            absent,
            expect.objectContaining({ '(class)': 'HttpError', message: expect.stringContaining('larger than') }),
          ],
        },
      },
    },
  ),
]

/** `PORT` stands for the server's own. */
const movedTo =
  (location: string, status = 302): Answer =>
  (response, { headers }, count) => {
    const target = location.replace('PORT', () => headers.host?.split(':')[1] ?? '')
    reply(response, count === 1 ? { status, headers: { location: target } } : { json: { object: 'user' } })
  }

/** Each answer leads on to another. */
const round: Answer = (response, _, count) =>
  reply(response, { status: 302, headers: { location: `/v1/${count}` }, text: 'moved' })

const notFollowed = (status: number): Differs => ({
  redirects: {
    'sent.1': [expect.objectContaining({ path: '/elsewhere' }), absent],
    'outcome.value': [expect.anything(), absent],
    'outcome.error': [
      absent,
      {
        '(class)': 'HttpError',
        message: expect.stringMatching(/a redirect to http:\/\/localhost:\d+ that was not followed$/),
        statusCode: status,
        data: '',
      },
    ],
  },
})

const redirects: Case[] = [
  requesting('a redirect to a whole URL within the origin', {}, { answer: movedTo('http://127.0.0.1:PORT/x?y=z') }),
  requesting(
    'a redirect of a GET to another origin',
    {},
    { answer: movedTo('http://localhost:PORT/elsewhere'), differs: notFollowed(302) },
  ),
  requesting(
    'a redirect of a POST to another origin',
    {},
    { call: post, answer: movedTo('http://localhost:PORT/elsewhere', 307), differs: notFollowed(307) },
  ),
  requesting(
    'a redirect to no URL',
    {},
    {
      answer: movedTo('http://'),
      differs: { redirects: { 'outcome.error.message': ['Invalid URL', 'Response code 302 (Found)'] } },
    },
  ),
  requesting('redirects without an end', {}, { answer: round }),
  requesting('more redirects than maxRedirects', { maxRedirects: 1 }, { answer: round }),
  requesting(
    'followRedirect: false',
    { followRedirect: false },
    {
      answer: movedTo('/elsewhere'),
      differs: {
        followRedirect: {
          'outcome.value': [undefined, absent],
          'outcome.error': [absent, expect.objectContaining({ '(class)': 'HttpError', statusCode: 302 })],
        },
      },
    },
  ),
]

const bases: Case[] = [
  calling('an API below a path', { ...get, base: '/base' }),
  calling(
    'an API whose URL ends in a slash',
    { ...get, base: '/' },
    { slash: { 'sent.0.path': ['//v1/users/user_1', '/v1/users/user_1'] } },
  ),
]

export const connectionCases: Case[] = [...failures, ...redirects, ...bases]
