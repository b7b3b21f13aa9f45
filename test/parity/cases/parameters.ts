import { expect } from 'vitest'
import type { Case, Differs } from '../case.js'
import { absent } from '../difference.js'
import { calling } from '../observation.js'
import { operations } from './operations.js'

/** A value, and the difference in what is sent for it, if there is one. */
type Value = readonly [value: unknown, differs?: (at: string) => Differs]

/** Values that any parameter may get, and what the two send for it where that is not the same. */
const values: Readonly<Record<string, Value>> = {
  'a text': ['text'],
  'an empty text': [''],
  'letters beyond ASCII': ['Ünïcode 😀 日本'],
  'reserved characters': ['a b+c&d=e?f#g/h%20i;j:k@l,m$n!o\'p(q)r*s~t"u<v>w|x\ny'],
  zero: [0],
  'a negative fraction': [-1.5],
  'a number with an exponent': [1e21],
  'not a number': [Number.NaN],
  infinity: [Number.POSITIVE_INFINITY],
  'a big integer': [10n],
  true: [true],
  false: [false],
  null: [null],
  'a list': [['b', 'a', 'b']],
  'a list of one': [['a']],
  'an empty list': [[]],
  'a list of falsy values': [['', 0, false, null]],
  undefined: [undefined, (at) => ({ undefinedParameter: { [at]: ['', absent] } })],
  'a list with undefined': [['a', undefined], (at) => ({ undefinedParameter: { [at]: [['a', ''], 'a'] } })],
  'an object': [{ fooBar: { bazQux: 1 } }, (at) => ({ objectParameter: { [at]: ['', '{"foo_bar":{"baz_qux":1}}'] } })],
  'an empty object': [{}, (at) => ({ objectParameter: { [at]: ['', '{}'] } })],
  'a list of objects': [[{ fooBar: 1 }], (at) => ({ objectParameter: { [at]: ['', '{"foo_bar":1}'] } })],
  'a date': [new Date(0), (at) => ({ objectParameter: { [at]: ['', '1970-01-01T00:00:00.000Z'] } })],
  'a URL': [new URL('http://a/b'), (at) => ({ objectParameter: { [at]: ['', 'http://a/b'] } })],
  'a function': [() => 1, (at) => ({ objectParameter: { [at]: ['', absent] } })],
}

/** Names that both put in the same form, whether anything documents them or not. */
const names = ['unknown_snake_case', 'unknownCamelCase', 'Capitalized', 'web3Wallet', 'address2', 'emailAddress[]']

/** Names of which the two make something else. */
const otherNames: readonly [name: string, as: 'capitals' | 'oddNames', original: string, ours: string][] = [
  ['primaryEmailAddressID', 'capitals', 'primary_email_address_i_d', 'primary_email_address_id'],
  ['primaryPhoneNumberID', 'capitals', 'primary_phone_number_i_d', 'primary_phone_number_id'],
  ['imageURL', 'capitals', 'image_u_r_l', 'image_url'],
  ['HTMLPage', 'capitals', 'h_t_m_l_page', 'html_page'],
  ['fooBAR_baz', 'capitals', 'foobar_baz', 'foo_bar_baz'],
  ['x1Y2', 'oddNames', 'x1y2', 'x1_y2'],
  ['foo-bar', 'oddNames', 'foo_bar', 'foo-bar'],
  ['foo.bar', 'oddNames', 'foo_bar', 'foo.bar'],
  ['foo bar', 'oddNames', 'foo_bar', 'foo bar'],
  ['foo__bar', 'oddNames', 'foo_bar', 'foo__bar'],
  ['_foo', 'oddNames', 'foo', '_foo'],
  ['ünïCode', 'oddNames', 'n_code', 'ünïcode'],
]

const operationsWithParameters = Object.entries(operations).flatMap(([operation, entry]) => {
  const { parameters, id, good, method, answer } = entry
  if (!parameters) return []
  const place = method === 'GET' ? 'sent.0.query' : 'sent.0.body'
  const given = id ? good.slice(0, 1) : []
  const call = (what: string, args: () => unknown[], differs?: Differs): Case =>
    calling(`${operation} ${what}`, { operation, args: () => [...given, ...args()], answer: { json: answer } }, differs)
  return [{ operation, parameters, place, call }]
})

/** Without an object of parameters these fail in 2.6.3 before they ask anybody. */
const needObject: Readonly<Record<string, readonly unknown[]>> = {
  'users.createUser': [undefined, null],
  'users.updateUser': [null],
}

const failsInOriginal: Differs = {
  noParameters: {
    'sent.0': [absent, expect.objectContaining({ query: {}, body: {} })],
    'outcome.value': [absent, expect.anything()],
    'outcome.error': [expect.objectContaining({ '(class)': 'TypeError' }), absent],
  },
}

const textError = { '(class)': 'TypeError', message: 'The parameters must be an object, but are a string.' }

/** One of them sends the letters of the text. */
const textParameters = (operation: string): Differs => ({
  textParameters:
    operation === 'users.createUser'
      ? {
          'sent.0': [expect.objectContaining({ body: { 0: 't', 1: 'e', 2: 'x', 3: 't' } }), absent],
          'outcome.value': [expect.anything(), absent],
          'outcome.error': [absent, textError],
        }
      : { 'outcome.error.message': ['Expected an object, got `text` (string)', textError.message] },
})

/** 2.6.3 puts the text of metadata in the place of the metadata, in the object that it was given. */
const changed = (parameters: Readonly<Record<string, unknown>>): Differs => {
  const metadata = Object.entries(parameters).filter(([name]) => /^(public|private)Metadata$/.test(name))
  const parts = metadata.map(([name, value]) => [`args.1.${name}`, [JSON.stringify(value), value]])
  return { changedParameters: Object.fromEntries(parts) }
}

export const parameterCases: Case[] = operationsWithParameters.flatMap(({ operation, parameters, place, call }) => {
  const [first = ''] = Object.keys(parameters)
  const wire = first.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const documented = (given: Readonly<Record<string, unknown>>) =>
    operation === 'users.updateUser' ? changed(given) : {}
  return [
    call('with all the documented parameters', () => [{ ...parameters }], documented(parameters)),
    ...Object.entries(parameters).map(([name, value]) =>
      call(`with ${name}`, () => [{ [name]: value }], documented({ [name]: value })),
    ),
    call('without parameters', () => [], needObject[operation]?.includes(undefined) ? failsInOriginal : {}),
    ...[undefined, null].map((nothing) =>
      call(`with ${nothing}`, () => [nothing], needObject[operation]?.includes(nothing) ? failsInOriginal : {}),
    ),
    call('with an empty object', () => [{}]),
    call('with a text in place of the object', () => ['text'], textParameters(operation)),
    ...Object.entries(values).map(([what, [value, differs]]) =>
      call(`with ${first} as ${what}`, () => [{ [first]: value }], differs?.(`${place}.${wire}`)),
    ),
    ...names.map((name) => call(`with a parameter called ${name}`, () => [{ [name]: 'x' }])),
    ...otherNames.map(([name, as, before, after]) =>
      call(`with a parameter called ${name}`, () => [{ [name]: 'x' }], {
        [as]: { [`${place}.${before}`]: ['x', absent], [`${place}.${after}`]: [absent, 'x'] },
      }),
    ),
    call('with two spellings of one name, of which the later counts', () => [{ fooBar: 1, foo_bar: 2 }]),
  ]
})

/** A session's token is an argument of its own. */
export const tokenArgumentCases: Case[] = Object.entries(operations)
  .filter(([, { good }]) => good.includes('token_1'))
  .flatMap(([operation, { good, answer }]) =>
    Object.entries<Value>({ ...values, 'a token': ['eyJ.eyJ.sig'] }).map(([what, [value, differs]]) =>
      calling(
        `${operation} with a token that is ${what}`,
        { operation, args: () => [...good.slice(0, -1), value], answer: { json: answer } },
        differs?.('sent.0.body.token'),
      ),
    ),
  )
