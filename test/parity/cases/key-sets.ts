import { generateKeyPairSync } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Case, Differs } from '../case.js'
import { absent, type Differences } from '../difference.js'
import { type Answer, type Reply, reply } from '../recorder.js'
import { createKey, key, keySet, makeToken } from '../tokens.js'
import { outcomeOf, verifier, verifying } from '../verification.js'

const other = createKey('key_2')
const short = createKey('key_1', 1024)
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
const elliptic = { ...curve, kid: 'key_1', use: 'sig' }

const keys = (...list: unknown[]): Reply => ({ json: { keys: list } })
const nameless = makeToken({ header: { kid: undefined } })

const notFound = "Unable to find a signing key that matches 'key_1'"
const refused: Differences = {
  'outcome.value': [expect.anything(), absent],
  'outcome.error': [absent, { name: 'SigningKeyNotFoundError', message: notFound, at: undefined }],
}
const nobody = (name: string, message: string): Differs => ({
  keySetWithoutKey: {
    'outcome.error.name': [name, 'SigningKeyNotFoundError'],
    'outcome.error.message': [message, notFound],
  },
})
const several: Differs = {
  namelessKey: {
    'outcome.error.message': [
      'No KID specified and JWKS endpoint returned more than 1 key',
      'The token names no key, and there is not exactly one that it could mean',
    ],
  },
}
const failure = (name: string, message?: [string | RegExp, string]): Differs => ({
  keySetFailure: {
    ...(name !== 'JwksError' && { 'outcome.error.name': [name, 'JwksError'] }),
    ...(message && { 'outcome.error.message': [expect.stringMatching(message[0]), message[1]] }),
  },
})

const notUnderstood = 'The response is not a JSON object or array'

const sets: readonly [what: string, answer: Answer, differs?: Differs, token?: string][] = [
  ['several keys', keys(other.jwk, key.jwk)],
  ['the wrong key under the right id first', keys({ ...other.jwk, kid: 'key_1' }, key.jwk)],
  ['a key without a use', keys({ ...key.jwk, use: undefined })],
  ['a key without an algorithm', keys({ ...key.jwk, alg: undefined })],
  ['a key without an id', keys({ ...key.jwk, kid: undefined })],
  ['a key without an id, for a token that names none', keys({ ...key.jwk, kid: undefined }), {}, nameless],
  ['the private key, too', keys({ ...key.privateKey.export({ format: 'jwk' }), kid: 'key_1', use: 'sig' })],
  ['a key of another kind beside', keys({ ...elliptic, kid: 'key_2' }, key.jwk)],
  ['text that is JSON', { text: JSON.stringify({ keys: [key.jwk] }) }],
  ['404', { status: 404 }],
  ['500', { status: 500, json: { errors: [] } }],

  ['several keys, for a token that names none', keys(key.jwk, other.jwk), several, nameless],
  [
    'keys of several kinds, for a token that names none',
    keys(elliptic, { ...key.jwk, kid: 'key_2' }),
    several,
    nameless,
  ],
  ['no keys', keys(), nobody('JwksError', 'The JWKS endpoint did not contain any keys')],
  [
    'a key for encryption',
    keys({ ...key.jwk, use: 'enc' }),
    nobody('JwksError', 'The JWKS endpoint did not contain any signing keys'),
  ],
  [
    'a key that has no parts',
    keys({ kty: 'RSA', kid: 'key_1' }),
    nobody('JwksError', 'The JWKS endpoint did not contain any signing keys'),
  ],
  ['a key of another kind', keys(elliptic), nobody('JsonWebTokenError', 'invalid signature')],
  ['a key for another algorithm', keys({ ...key.jwk, alg: 'RS512' }), { keyAlgorithm: refused }],
  ['a key of 1024 bits', keys(short.jwk), { shortKeys: refused }, makeToken({ key: short })],
  [
    'an object without keys',
    { json: {} },
    failure('JwksError', [/did not contain any keys/, 'The answer is not a set of keys']),
  ],
  [
    'null for keys',
    { json: { keys: null } },
    failure('JwksError', [/did not contain any keys/, 'The answer is not a set of keys']),
  ],
  ['null', { json: null }, failure('TypeError', [/of null/, notUnderstood])],
  ['what is no JSON', { text: 'x' }, failure('SyntaxError', [/is not valid JSON/, notUnderstood])],
  [
    'null and a key',
    keys(null, key.jwk),
    { keySetFailure: { 'outcome.value': [absent, expect.anything()], 'outcome.error': [expect.anything(), absent] } },
  ],
  [
    'a redirect',
    (response, _, count) => reply(response, count === 1 ? { status: 302, headers: { location: '/x' } } : keys(key.jwk)),
    {
      keySetRedirect: {
        'outcome.value': [absent, expect.anything()],
        'outcome.error': [{ name: 'JwksError', message: 'Found', at: undefined }, absent],
        'fetched.1': [absent, 'GET /x'],
      },
    },
  ],
]

const counts: Case[] = [
  {
    title: 'the key set is fetched once for tokens one after the other',
    observe: async (subject, recorder) => {
      const clerk = verifier(subject, recorder)
      const outcomes = [
        await outcomeOf(() => clerk.verifyToken(makeToken())),
        await outcomeOf(() => clerk.verifyToken(makeToken())),
      ]
      return { outcomes, fetches: recorder.sent().length }
    },
  },
  {
    title: 'the key set is fetched once for tokens at the same time',
    observe: async (subject, recorder) => {
      const clerk = verifier(subject, recorder)
      const outcomes = await Promise.all(
        Array.from({ length: 5 }, () => outcomeOf(() => clerk.verifyToken(makeToken()))),
      )
      return { outcomes, fetches: recorder.sent().length }
    },
  },
  {
    title: 'the key set is fetched with the key',
    observe: async (subject, recorder) => {
      await verifier(subject, recorder).verifyToken(makeToken())
      return recorder
        .sent()
        .map(({ method, path, query, body, headers }) => ({ method, path, query, body, key: headers.authorization }))
    },
  },
  {
    title: 'the headers of the request for the key set',
    observe: async (subject, recorder) => {
      await verifier(subject, recorder).verifyToken(makeToken())
      const ofTheConnection = ['host', 'connection', 'content-length']
      const names = recorder.sent().flatMap(({ headers }) => Object.keys(headers))
      return Object.fromEntries(names.filter((name) => !ofTheConnection.includes(name)).map((name) => [name, true]))
    },
    differs: {
      keySetRequest: {
        accept: [absent, true],
        'accept-encoding': [absent, true],
        'content-type': [absent, true],
        'user-agent': [absent, true],
      },
    },
  },
  {
    title: 'tokens that name unknown keys',
    observe: async (subject, recorder) => {
      const clerk = verifier(subject, recorder)
      for (const kid of ['a', 'b', 'c', 'd']) await outcomeOf(() => clerk.verifyToken(makeToken({ header: { kid } })))
      return { fetches: recorder.sent().length }
    },
    differs: { unknownKeyId: { fetches: [4, 2] } },
  },
  {
    title: 'a key set that is too old and cannot be fetched again',
    observe: async (subject, recorder) => {
      const answer: Answer = (response, _, count) => reply(response, count === 1 ? keys(key.jwk) : { status: 500 })
      const clerk = verifier(subject, recorder, answer, { jwksCacheMaxAge: 1 })
      await clerk.verifyToken(makeToken())
      await sleep(10)
      return { outcome: await outcomeOf(() => clerk.verifyToken(makeToken())) }
    },
    differs: {
      keySetDown: {
        'outcome.value': [absent, expect.anything()],
        'outcome.error': [expect.objectContaining({ name: 'JwksError' }), absent],
      },
    },
  },
  {
    title: 'the key set of a server that is not there',
    observe: async (subject, recorder) => {
      const clerk = verifier(subject, recorder, keySet, { serverApiUrl: 'http://127.0.0.1:1' })
      return { outcome: await outcomeOf(() => clerk.verifyToken(makeToken())) }
    },
    differs: failure('Error'),
  },
  {
    title: 'the key set after the address of the API was changed',
    observe: async (subject, recorder) => {
      const clerk = verifier(subject, recorder, keySet, { serverApiUrl: 'http://127.0.0.1:1' })
      Object.assign(clerk, { serverApiUrl: recorder.url, apiKey: 'test_other', apiVersion: 'v2' })
      await outcomeOf(() => clerk.verifyToken(makeToken()))
      return recorder.sent().map(({ path, headers }) => ({ path, key: headers.authorization }))
    },
    differs: { setters: { 0: [absent, { path: '/v2/jwks', key: 'Bearer test_other' }] } },
  },
]

export const keySetCases: Case[] = [
  ...sets.map(([what, answer, differs, token = makeToken()]) =>
    verifying(`a token, where the key set is ${what}`, token, { keys: answer, ...(differs && { differs }) }),
  ),
  ...counts,
]
