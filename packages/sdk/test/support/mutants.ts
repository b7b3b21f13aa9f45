import { constants, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

/** Numbers from 0 up to 1, the same ones for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** What tokens are made of: texts are JSON as it stands in the token, so that it may be JSON which nobody writes. */
type Fields = Record<string, string | undefined>

const issuer = '"https://clerk.example.com"'

/** The values that a field of a header may get instead of its own; `undefined` leaves the field out. */
const headers: Record<string, (string | undefined)[]> = {
  alg: [
    ...[
      '"none"',
      '"HS256"',
      '"RS384"',
      '"PS256"',
      '"ES256"',
      '"rs256"',
      '"RS256 "',
      '""',
      'null',
      '5',
      '["RS256"]',
      '{}',
    ],
    ...['"\\u0052S256"', '"none","alg":"RS256"', '"RS256","alg":"none"', undefined],
  ],
  kid: ['"key_2"', '"nobody"', '"Key_1"', '"__proto__"', '5', 'null', '["key_1"]', '"key_2","kid":"key_1"', undefined],
  typ: ['"at+jwt"', '"jwt"', '5', 'null', undefined],
  crit: ['["exp"]', '["b64"]', '[]', 'null', '"exp"', '["crit"]', '["__proto__"]'],
  b64: ['true', 'false', 'null', '"true"', 'true,"crit":["b64"]', 'false,"crit":["b64"]'],
  jwk: ['{"kty":"RSA","n":"AQAB","e":"AQAB"}'],
  jku: ['"http://127.0.0.1:1/"'],
  ['__proto__']: ['{"alg":"RS256"}', '{"crit":["exp"]}', 'null'],
}

/** The same for claims. `at` is the second that it is. */
const claimsAt = (at: number): typeof headers => {
  const around = [-61, -6, -5, -4, -1, -0.5, 0, 0.5, 1, 4, 5, 6, 61].map((distance) => `${at + distance}`)
  const odd = [
    '1e400',
    '-1e400',
    '1e300',
    '-1',
    '0',
    'null',
    'true',
    '""',
    `"${at + 60}"`,
    `[${at + 60}]`,
    '{}',
    undefined,
  ]
  return {
    exp: [...around, ...odd],
    nbf: [...around, ...odd],
    iat: [...around, ...odd],
    iss: [
      ...[
        '"https://clerk.other.com"',
        '"https://clerk.example.com/"',
        '"https://clerk-evil.com"',
        '"http://clerk.example.com"',
      ],
      ...['""', 'null', '5', `[${issuer}]`, undefined, '"https://CLERK.example.com"', '"https://x.clerk.accounts.dev"'],
    ],
    aud: [
      ...['"app_2"', '"app_3"', '"APP_1"', '"app_1 "', '""', 'null', '5', '[]', '["app_3"]', '["app_3","app_1"]'],
      ...['[["app_1"]]', '[null]', '{"0":"app_1"}', '[5,"app_2"]', '"app_1,app_2"', undefined],
    ],
    azp: [
      ...['"https://b.example.com"', '"https://a.example.com/"', '"https://a.example.com.evil.com"', '""', 'null', '5'],
      ...['["https://a.example.com"]', '"https://A.example.com"', undefined],
    ],
    sub: ['5', 'null', undefined],
  }
}

/** Whole headers and payloads that are no objects, or whose bytes are no plain JSON. */
const wholes = ['', '[]', '"text"', '5', 'null', 'true', '{', '{}', '{"a":1', '{"a":1}}', 'not JSON', '\0']

const rows = (fields: Fields): string =>
  `{${Object.entries(fields)
    .flatMap(([name, value]) => (value === undefined ? [] : `"${name}":${value}`))
    .join()}}`

export interface Mutants {
  /** The keys that count, by their ids. */
  publicKeys: Map<unknown, KeyObject>
  /** Another token. */
  next(): string
}

/** Makes damaged and odd tokens, and good ones. Only as many as `signatures` are signed; the rest is made out of those. */
export function createMutants(random: () => number, at: number, signatures: number): Mutants {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item
  const chance = (probability: number) => random() < probability
  const pair = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength })
  // The signatures of the longer key have a whole number of base64 groups, so that characters can be put after them.
  const keys = { key_1: pair(2048), key_2: pair(3072) }
  const stranger = pair(2048)

  const changed = (fields: Fields, table: typeof headers): Fields => {
    const name = pick(Object.keys(table))
    // Not by assigning: `__proto__` is to be a field like any other.
    return Object.fromEntries([...Object.entries(fields), [name, pick(table[name] ?? [])]])
  }

  function bytes(fields: Fields, table: typeof headers): Buffer {
    if (chance(0.06)) return Buffer.from(pick(wholes))
    const text = rows(
      chance(0.4) ? fields : chance(0.7) ? changed(fields, table) : changed(changed(fields, table), table),
    )
    if (chance(0.02)) return Buffer.from(`\uFEFF${text}`)
    if (chance(0.02)) return Buffer.from(text.replace('{', '{"\xFF":1,'), 'latin1')
    return Buffer.from(chance(0.05) ? ` ${text}\n` : text)
  }

  function signed(): string {
    const kid = chance(0.75) ? 'key_1' : 'key_2'
    const header = bytes({ alg: '"RS256"', kid: `"${kid}"`, typ: '"JWT"' }, headers)
    const good = { iss: issuer, aud: '"app_1"', azp: '"https://a.example.com"', exp: `${at + 60}`, sub: '"user_1"' }
    const text = `${header.toString('base64url')}.${bytes(good, claimsAt(at)).toString('base64url')}`
    return `${text}.${signatureOf(Buffer.from(text), kid).toString('base64url')}`
  }

  function signatureOf(text: Buffer, kid: keyof typeof keys): Buffer {
    const { privateKey: key, publicKey } = keys[kid]
    if (chance(0.9)) return sign('RSA-SHA256', text, key)
    return pick([
      () => sign('RSA-SHA256', text, stranger.privateKey),
      () => sign('RSA-SHA512', text, key),
      () => sign('RSA-SHA256', text, { key, padding: constants.RSA_PKCS1_PSS_PADDING }),
      () =>
        createHmac('sha256', publicKey.export({ format: 'pem', type: 'spki' }))
          .update(text)
          .digest(),
      () => Buffer.alloc(256),
    ])()
  }

  const pool = Array.from({ length: signatures }, signed)
  const alphabet = [...'ABCXYZabcxyz0123456789-_', ...'+/=. \n\t\0é\u{1F600}%']

  /** What is done to a token as a text, by name. */
  const mutations: Record<string, (token: string) => string> = {
    none: (token) => token,
    replace: (token) => splice(token, 1, pick(alphabet)),
    insert: (token) => splice(token, 0, pick(alphabet)),
    remove: (token) => splice(token, 1 + Math.floor(random() * 4), ''),
    cut: (token) => token.slice(0, Math.floor(random() * token.length)),
    ending: (token) => inPart(token, (part) => part.slice(0, -1) + pick(alphabet)),
    longer: (token) => inPart(token, (part) => part + pick(['A', 'AA', 'AAA', 'AAAA', '=', '==', '-', '.', ' ', '\n'])),
    earlier: (token) => inPart(token, (part) => pick(['A', '=', ' ', '\r\n', '.', 'AAAA']) + part),
    empty: (token) => inPart(token, () => ''),
    alphabet: (token) => inPart(token, (part) => part.replaceAll('-', '+').replaceAll('_', '/')),
    letters: (token) => inPart(token, (part) => pick([part.toUpperCase(), part.toLowerCase()])),
    reencode: (token) =>
      inPart(token, (part) => Buffer.from(part, 'base64url').toString(pick(['base64', 'hex', 'utf8']))),
    exchange: (token) => inPart(token, (_, index) => pick(pool).split('.')[index] ?? ''),
    header: (token) =>
      inPart(token, (part, index) => (index === 0 ? bytes({ alg: '"RS256"' }, headers).toString('base64url') : part)),
    claims: (token) =>
      inPart(token, (part, index) => (index === 1 ? bytes({ iss: issuer }, claimsAt(at)).toString('base64url') : part)),
    order: (token) => token.split('.').reverse().join('.'),
    parts: (token) =>
      pick([`${token}.`, `.${token}`, `${token}.${token}`, token.replace('.', ''), token.replaceAll('.', '')]),
    around: (token) => pick([`Bearer ${token}`, ` ${token}`, `${token}\n`, `"${token}"`, `\uFEFF${token}`]),
  }

  function splice(token: string, length: number, text: string): string {
    const index = Math.floor(random() * token.length)
    return token.slice(0, index) + text + token.slice(index + length)
  }

  function inPart(token: string, change: (part: string, index: number) => string): string {
    const parts = token.split('.')
    const index = Math.floor(random() * parts.length)
    return parts.map((part, place) => (place === index ? change(part, index) : part)).join('.')
  }

  return {
    publicKeys: new Map<unknown, KeyObject>(Object.entries(keys).map(([kid, { publicKey }]) => [kid, publicKey])),
    next: (): string => {
      const mutate = chance(0.3) ? mutations['none'] : pick(Object.values(mutations))
      return mutate?.(pick(pool)) ?? ''
    },
  }
}
