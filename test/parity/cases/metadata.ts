import type { Case, Differs } from '../case.js'
import { absent } from '../difference.js'
import { calling } from '../observation.js'
import { invitation, user } from './json.js'

/** What metadata may be, with the JSON that it is sent as. Names in it are the application's: they are never changed. */
const objects: Readonly<Record<string, [value: object, json: string]>> = {
  'an object': [
    { zodiacSign: 'leo', snake_case: null, 'odd key': 'a&b=c' },
    '{"zodiacSign":"leo","snake_case":null,"odd key":"a&b=c"}',
  ],
  'a nested object': [{ aB: { c_d: [{ eF: 1 }] } }, '{"aB":{"c_d":[{"eF":1}]}}'],
  'an empty object': [{}, '{}'],
  'a list': [[1, 'b'], '[1,"b"]'],
  'an empty list': [[], '[]'],
}

const texts = { 'JSON text': '{"a":1}', 'another text': 'text' }

/** Sent as any other parameter would be. */
const plain = { 'an empty text': '', null: null, zero: 0, 'a number': 5, true: true, false: false }

const kinds = ['publicMetadata', 'privateMetadata', 'unsafeMetadata'] as const

type Kind = (typeof kinds)[number]

const field = (kind: Kind): string => `sent.0.body.${kind.replace('M', '_m')}`

/** What 2.6.3 makes of an object for which it has no other rule. */
function asParameter(value: object): unknown {
  if (!Array.isArray(value)) return ''
  return value.length === 0 ? absent : value.map(String)
}

/** Metadata that `updateUser` made a text of, in the object that the caller passed. */
function changed(kind: Kind, value: unknown): Differs {
  const isChanged = kind !== 'unsafeMetadata' && Boolean(value) && typeof value !== 'string'
  return isChanged ? { changedParameters: { [`args.1.${kind}`]: [JSON.stringify(value), value] } } : {}
}

function createUser(kind: Kind, what: string, value: unknown, differs?: Differs): Case {
  const call = { operation: 'users.createUser', args: () => [{ [kind]: value }], answer: { json: user } }
  return calling(`users.createUser with ${kind} that is ${what}`, call, differs)
}

function updateUser(kind: Kind, what: string, value: unknown, differs: Differs = {}): Case {
  const call = { operation: 'users.updateUser', args: () => ['user_1', { [kind]: value }], answer: { json: user } }
  return calling(`users.updateUser with ${kind} that is ${what}`, call, { ...differs, ...changed(kind, value) })
}

function createInvitation(what: string, value: unknown, differs?: Differs): Case {
  const args = () => [{ emailAddress: 'ada@example.com', publicMetadata: value }]
  const call = { operation: 'invitations.createInvitation', args, answer: { json: invitation } }
  return calling(`invitations.createInvitation with publicMetadata that is ${what}`, call, differs)
}

export const metadataCases: Case[] = [
  ...kinds.flatMap((kind) => [
    ...Object.entries(objects).flatMap(([what, [value, json]]) => [
      createUser(kind, what, value),
      updateUser(
        kind,
        what,
        value,
        kind === 'unsafeMetadata' ? { lostMetadata: { [field(kind)]: [asParameter(value), json] } } : {},
      ),
    ]),
    ...Object.entries(texts).flatMap(([what, text]) => [
      createUser(kind, what, text, { textMetadata: { [field(kind)]: [JSON.stringify(text), text] } }),
      updateUser(kind, what, text),
    ]),
    ...Object.entries(plain).flatMap(([what, value]) => [createUser(kind, what, value), updateUser(kind, what, value)]),
    createUser(kind, 'undefined', undefined, { undefinedParameter: { [field(kind)]: ['', absent] } }),
    updateUser(kind, 'undefined', undefined, { undefinedParameter: { [field(kind)]: ['', absent] } }),
  ]),
  ...Object.entries(objects).map(([what, [value, json]]) =>
    createInvitation(what, value, { lostMetadata: { [field('publicMetadata')]: [asParameter(value), json] } }),
  ),
  ...Object.entries({ ...texts, ...plain }).map(([what, value]) => createInvitation(what, value)),
  createInvitation('undefined', undefined, { undefinedParameter: { [field('publicMetadata')]: ['', absent] } }),
]
