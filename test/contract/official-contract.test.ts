import { readFileSync } from 'node:fs'
import { backend, type Route } from '@clerk-server/contract'
import { expect, test } from 'vitest'
import { officialDocument } from '../support/official.js'
import { knownDifferences } from './known-differences.js'
import { officialDifferences } from './official-differences.js'
import { answerDifferences, formOf, limitDifferences } from './schema-differences.js'

const differences = officialDifferences()
const known = (one: string) => knownDifferences.some(({ difference }) => difference.test(one))

test('the contract is as the official description has it, but for what is known', () => {
  expect(differences.filter((one) => !known(one))).toEqual([])
})

test('every difference that is known is there, where there is something to differ from', () => {
  const gone = knownDifferences.filter(({ difference }) => !differences.some((one) => difference.test(one)))
  expect(officialDocument ? gone : []).toEqual([])
})

test('docs/server/not-served.md names every parameter that is refused, and no other', () => {
  const page = readFileSync(new URL('../../docs/server/not-served.md', import.meta.url), 'utf8')
  const rows = [...page.matchAll(/^\| `((?:GET|POST|PUT|PATCH|DELETE) \/\S*)` \| (`[^|]+`) \| ([^|]+) \|$/gm)]
  const told = rows.flatMap(([, route, names = '']) =>
    [...names.matchAll(/`(\w+)`/g)].map(([, name]) => `${route} ${name}`),
  )
  const refused = Object.entries<Route>(backend).flatMap(([route, { refuses = [] }]) =>
    refuses.map((name) => `${route} ${name}`),
  )
  expect(told.sort()).toEqual(refused.sort())
})

const none = (): never => {
  throw new Error('there are no references')
}

const form = (schema: Record<string, unknown>) => formOf(schema, none)

const text = { type: 'string' }

test('a comparison finds fields that are missing, more, or not always there, at any depth', () => {
  const official = form({
    type: 'array',
    items: {
      additionalProperties: false,
      required: ['id'],
      properties: { id: text, inner: { anyOf: [{ properties: { deep: text } }, { type: 'null' }] } },
    },
  })
  const ours = form({ type: 'array', items: { properties: { id: text, inner: { properties: {} }, own: text } } })
  expect(answerDifferences(official, ours)).toEqual([
    '[].id: not always there',
    '[].inner.deep: missing',
    '[].own: more',
  ])
  expect(answerDifferences(official, official)).toEqual([])
})

test('a comparison finds limits that differ where both have them', () => {
  const official = form({ type: 'integer', minimum: 1, maximum: 5 })
  expect(limitDifferences(official, form({ allOf: [{ minimum: 1 }, { maximum: 9 }] }))).toEqual(['maximum 5, ours 9'])
  expect(limitDifferences(official, form({ type: 'integer' }))).toEqual([])
  expect(limitDifferences(form({ enum: ['b', 'a', null] }), form({ anyOf: [{ const: 'a' }, { const: 'b' }] }))).toEqual(
    [],
  )
})
