import { expect } from 'vitest'
import type { Case, Differs } from '../case.js'
import { absent, type Differences } from '../difference.js'
import { claiming, goodClaims, type Making, makeToken, seconds, strangersKey } from '../tokens.js'
import { decoding, verifying } from '../verification.js'

const good = makeToken()
const now = seconds()

const part = (index: number, replacement: string): string =>
  good
    .split('.')
    .map((text, place) => (place === index ? replacement : text))
    .join('.')

/** What is no JWT: 2.6.3 quotes it. */
const noTokens: Readonly<Record<string, unknown>> = {
  'an empty text': '',
  'a blank': ' ',
  'a word': 'token',
  'two parts': 'a.b',
  'three letters': 'a.b.c',
  'a token without its signature': good.replace(/\.[^.]*$/, ''),
  'a token with a fourth part': `${good}.x`,
  'a token with its scheme': `Bearer ${good}`,
  'a token with a blank after it': `${good} `,
  'a token with padding': good.replaceAll('.', '=.'),
  'a token in the other base64': part(2, '+/+/'),
  'a token without a payload': part(1, ''),
  'a header that is no JSON': makeToken({ header: 'x' }),
  null: null,
  undefined: undefined,
  'a number': 5,
  'an object': {},
}

const notDecoded = (verb: string, token: unknown): Differs => ({
  tellingTokens: {
    'outcome.error.message': [`Failed to ${verb} token: ${token}`, `Failed to ${verb} token: it is not a JWT`],
  },
})

/** Payloads that both decode to the same. */
const payloads: Readonly<Record<string, Partial<Making>>> = {
  'a good token': {},
  'a token without typ': { header: { typ: undefined } },
  'a token with typ in lower case': { header: { typ: 'jwt' } },
  'claims beyond ASCII': { payload: { ...goodClaims(), name: 'Ünïcode 😀' } },
  'claims of the application': { payload: { ...goodClaims(), snake_case: { camelCase: [1, null] } } },
  'a claim called __proto__': { payload: '{"__proto__":{"a":1},"iss":"https://clerk.example.com"}' },
  'a claim that is there twice': { payload: '{"iss":"https://evil.com","iss":"https://clerk.example.com"}' },
  'a list': { payload: '[1]' },
  'a JSON text': { payload: '"text"' },
  'a number as payload': { payload: '5' },
  'a payload that is no JSON, without typ': { payload: 'text', header: { typ: undefined } },
}

const refusedNow: Differences = {
  'outcome.value': [expect.anything(), absent],
  'outcome.error': [
    absent,
    expect.objectContaining({
      name: expect.stringMatching(/^(SyntaxError|JsonWebTokenError|SigningKeyNotFoundError|Error)$/),
    }),
  ],
}

const acceptedNow: Differences = {
  'outcome.value': [absent, expect.anything()],
  'outcome.error': [expect.anything(), absent],
}

const otherwise = (error: [name: string, message: unknown], ours: [name: string, message: string]): Differences => ({
  ...(error[0] !== ours[0] && { 'outcome.error.name': [error[0], ours[0]] }),
  'outcome.error.message': [error[1], ours[1]],
})

/** The key set is not asked for. */
const unasked: Differences = { 'fetched.0': ['GET /v1/jwks', absent] }

const noText = Buffer.concat([Buffer.from('{"iss":"https://clerk.'), Buffer.from([0xff]), Buffer.from('"}')])
const quoted = expect.stringContaining('"text')
const notJSON: [string, string] = ['SyntaxError', 'The payload of the token is not JSON']

const shapes: Case[] = [
  ...Object.entries(noTokens).flatMap(([what, token]) => [
    decoding(what, token, notDecoded('decode', token)),
    verifying(what, token, { differs: notDecoded('verify', token) }),
  ]),
  ...Object.entries(payloads).flatMap(([what, making]) => [
    decoding(what, makeToken(making)),
    verifying(what, makeToken(making)),
  ]),
  ...['0', 'false', '""'].flatMap((payload) => [
    decoding(`a payload that is ${payload}`, makeToken({ payload }), notDecoded('decode', makeToken({ payload }))),
    verifying(`a payload that is ${payload}`, makeToken({ payload })),
  ]),
  decoding(
    'a payload that is null',
    makeToken({ payload: 'null' }),
    notDecoded('decode', makeToken({ payload: 'null' })),
  ),
  verifying('a payload that is null', makeToken({ payload: 'null' }), {
    differs: { claimsOfOtherKind: otherwise(['TypeError', expect.any(String)], ['Error', 'Malformed token']) },
  }),
  decoding('a payload that is no JSON', makeToken({ payload: 'text' }), {
    tellingTokens: otherwise(['SyntaxError', quoted], notJSON),
  }),
  verifying('a payload that is no JSON', makeToken({ payload: 'text' }), {
    differs: { tellingTokens: otherwise(['SyntaxError', quoted], notJSON) },
  }),
  decoding('a payload that is no UTF-8', makeToken({ payload: noText }), { oddToken: refusedNow }),
  verifying('a payload that is no UTF-8', makeToken({ payload: noText }), {
    differs: { oddToken: { ...refusedNow, ...unasked } },
  }),
  decoding('a signature that ends within a byte', part(2, 'A'), { oddToken: refusedNow }),
  verifying('a signature that ends within a byte', part(2, 'A'), {
    differs: {
      oddToken: {
        ...otherwise(['JsonWebTokenError', 'invalid signature'], ['Error', 'Failed to verify token: it is not a JWT']),
        ...unasked,
      },
    },
  }),
  ...['[]', '"text"'].flatMap((header) => [
    decoding(`a header that is ${header}`, makeToken({ header }), { tokenHeader: refusedNow }),
    verifying(`a header that is ${header}`, makeToken({ header }), {
      differs: {
        tokenHeader: {
          ...otherwise(
            ['JsonWebTokenError', 'invalid algorithm'],
            ['Error', 'Failed to verify token: it is not a JWT'],
          ),
          ...unasked,
        },
      },
    }),
  ]),
  decoding('a byte order mark', makeToken({ payload: `\ufeff${JSON.stringify(goodClaims())}` }), {
    byteOrderMark: acceptedNow,
  }),
  verifying('a byte order mark', makeToken({ payload: `\ufeff${JSON.stringify(goodClaims())}` }), {
    differs: { byteOrderMark: { ...acceptedNow, 'fetched.0': [absent, 'GET /v1/jwks'] } },
  }),
]

/** Claims of which both think the same. */
const sameClaims: Readonly<Record<string, object>> = {
  'no exp': { exp: undefined },
  'no iat': { iat: undefined },
  'no sub': { sub: undefined },
  'a sid that is a number': { sid: 5 },
  'an aud': { aud: 'https://example.com' },
  'an azp': { azp: 'https://example.com' },
  'an exp that is over': { exp: now - 5 },
  'an exp of 0': { exp: 0 },
  'an exp before 1970': { exp: -1 },
  'an exp of null': { exp: null },
  'an exp that is a text': { exp: `${now + 60}` },
  'an exp with a fraction': { exp: now + 60.5 },
  'an nbf that is over': { nbf: now - 60 },
  'an nbf to come': { nbf: now + 600 },
  'an nbf to come and an exp that is over': { nbf: now + 600, exp: now - 60 },
  'an nbf of null': { nbf: null },
  'an nbf that is a text': { nbf: 'now' },
  'an iat to come': { iat: now + 600 },
  'no iss': { iss: undefined },
  'an empty iss': { iss: '' },
  'an iss of null': { iss: null },
  'a foreign iss': { iss: 'https://evil.com' },
  'an iss without TLS': { iss: 'http://clerk.example.com' },
  'an iss that looks alike': { iss: 'https://clerk-evil.com' },
  'an iss in capitals': { iss: 'https://CLERK.example.com' },
  'an iss of the prefix alone': { iss: 'https://clerk.' },
}

const infinite = (claim: string): string =>
  makeToken({ payload: JSON.stringify({ ...goodClaims(), [claim]: 'often' }).replace('"often"', '1e400') })

const claims: Case[] = [
  ...Object.entries(sameClaims).map(([what, given]) => verifying(what, claiming(given))),
  ...['text', null, true].map((iat) =>
    verifying(`an iat of ${JSON.stringify(iat)}`, claiming({ iat }), { differs: { oddToken: refusedNow } }),
  ),
  ...['exp', 'iat'].map((claim) =>
    verifying(`an infinite ${claim}`, infinite(claim), { differs: { oddToken: refusedNow } }),
  ),
  verifying('an infinite nbf', infinite('nbf'), {
    differs: {
      oddToken: {
        ...otherwise(['NotBeforeError', 'jwt not active'], ['JsonWebTokenError', 'invalid nbf value']),
        'outcome.error.at': [Number.NaN, undefined],
      },
    },
  }),
  ...[5, { a: 1 }].map((iss) =>
    verifying(`an iss of ${JSON.stringify(iss)}`, claiming({ iss }), {
      differs: { claimsOfOtherKind: otherwise(['TypeError', expect.any(String)], ['Error', 'Malformed token']) },
    }),
  ),
  verifying('an iss in a list', claiming({ iss: ['https://clerk.example.com'] }), {
    differs: {
      claimsOfOtherKind: otherwise(['Error', expect.stringContaining('Invalid issuer')], ['Error', 'Malformed token']),
    },
  }),
  verifying('the issuer of a development instance', claiming({ iss: 'https://happy.cat-1.clerk.accounts.dev' }), {
    differs: { issuers: acceptedNow },
  }),
  verifying('another aud than the option asks for', claiming({ aud: 'a' }), {
    options: { audience: 'b' },
    differs: { audience: refusedNow },
  }),
  verifying('another azp than the option asks for', claiming({ azp: 'https://a.com' }), {
    options: { authorizedParties: ['https://b.com'] },
    differs: { audience: refusedNow },
  }),
]

/** Refused by both, by ours before the key set is fetched. */
const hopeless: Readonly<Record<string, Partial<Making>>> = {
  'a signature by HS256 with the public key': { alg: 'HS256' },
  'a signature by RS384': { alg: 'RS384' },
  'a signature by RS512': { alg: 'RS512' },
  'a signature by PS256': { alg: 'PS256' },
  'no signature and alg none': { alg: 'none' },
  'a good signature and alg none': { header: { alg: 'none' } },
  'a good signature and alg HS256': { header: { alg: 'HS256' } },
  'a good signature and alg in lower case': { header: { alg: 'rs256' } },
  'a good signature and alg in a list': { header: { alg: ['RS256'] } },
  'a good signature and no alg': { header: { alg: undefined } },
}

const signatures: Case[] = [
  ...Object.entries(hopeless).map(([what, making]) =>
    verifying(what, makeToken(making), { differs: { hopelessToken: unasked } }),
  ),
  verifying('no signature and alg RS256', part(2, ''), { differs: { hopelessToken: unasked } }),
  verifying('the signature of a stranger', makeToken({ key: strangersKey })),
  verifying(
    'the signature of a stranger whose key is in the header',
    makeToken({ key: strangersKey, header: { jwk: strangersKey.jwk } }),
  ),
  verifying('claims that were changed', part(1, claiming({ sub: 'user_2' }).split('.')[1] ?? '')),
  verifying('a header that was changed', part(0, makeToken({ header: { extra: 1 } }).split('.')[0] ?? '')),
  verifying('a key that is not in the set', makeToken({ header: { kid: 'nobody' } })),
  verifying('a key id that is a number', makeToken({ header: { kid: 5 } })),
  verifying('an empty key id', makeToken({ header: { kid: '' } })),
  verifying('no key id, where there is one key', makeToken({ header: { kid: undefined } })),
  verifying('a key id of null', makeToken({ header: { kid: null } }), { differs: { tokenHeader: refusedNow } }),
  verifying('a jku, which nobody asks', makeToken({ header: { jku: 'http://127.0.0.1:1/' } })),
  verifying('b64: true', makeToken({ header: { b64: true } })),
  verifying('b64: false', makeToken({ header: { b64: false } }), {
    differs: { critical: { ...refusedNow, ...unasked } },
  }),
  verifying('crit', makeToken({ header: { crit: ['exp'] } }), { differs: { critical: { ...refusedNow, ...unasked } } }),
]

export const tokenCases: Case[] = [...shapes, ...claims, ...signatures]
