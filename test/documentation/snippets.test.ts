import { describe, expect, test } from 'vitest'
import { check, projects } from './compiler.js'
import { countBlocks, readSnippets, reasons } from './snippets.js'

const snippets = readSnippets()

test('the documentation of 2.6.3 has 41 pieces of code, and none is passed over', () => {
  expect(snippets).toHaveLength(41)
  expect(countBlocks()).toBe(41)
})

test('what is mended is there, and a reason is given', () => {
  for (const [number, because] of reasons()) {
    expect(snippets[number - 1]).toMatchObject({ number })
    expect(because).not.toBe('')
  }
})

describe.each(Object.entries(projects))('in a strict project for %s', (_, project) => {
  const complaints = check(snippets, project)

  test.each(snippets.map(({ number, file }) => [number, file]))('piece %i compiles (%s)', (_number, file) => {
    expect(complaints.get(file)).toEqual([])
  })
})

test('the check sees what is wrong: an operation that is not there, a name that is not exported, a module that is none', () => {
  const wrong = [
    { number: 1, file: '1.mts', code: "import clerk from '@clerk/clerk-sdk-node';\nawait clerk.users.getShoes();" },
    { number: 2, file: '2.mts', code: "import { ClerkShoes } from '@clerk/clerk-sdk-node';" },
    { number: 3, file: '3.cjs', code: "const shoes = require('@clerk/clerk-sdk-node/shoes');" },
    {
      number: 4,
      file: '4.cjs',
      code: "const { users } = require('@clerk/clerk-sdk-node');\nusers.getUserList({ limit: 'x' });",
    },
  ]
  const complaints = check(wrong, projects['Node, with Express 5'])
  expect([...complaints.values()].map((list) => list.length > 0)).toEqual([true, true, true, true])
})
