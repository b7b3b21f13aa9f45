import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allCases } from '../parity/cases/all.js'

const root = new URL('../../', import.meta.url)

interface Row {
  number: number
  /** Files, each with the titles of tests that are in it. */
  shownBy: { path: string; titles: string[] }[]
}

const rows: Row[] = readFileSync(new URL('docs/documented-behaviour.md', root), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, number, shownBy = ''] = /^\| (\d+) \|.*\| ([^|]+) \|$/.exec(line) ?? []
    return number === undefined ? [] : [{ number: Number(number), shownBy: evidence(shownBy) }]
  })

function evidence(text: string): Row['shownBy'] {
  return Array.from(text.matchAll(/`([^`]+)`([^`]*)/g), ([, path = '', rest = '']) => ({
    path,
    titles: Array.from(rest.matchAll(/“([^”]+)”/g), ([, title = '']) => title),
  }))
}

/** A folder has the tests of all its files. The cases of test/parity are made of tables. */
function hasTest(path: string, title: string): boolean {
  if (path === 'test/parity') return allCases.some((each) => each.title === title)
  return readFileSync(new URL(path, root), 'utf8').includes(title)
}

test('docs/documented-behaviour.md has a row for each of the 69 points', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 69 }, (_, index) => index + 1))
})

test.each(rows.map((row) => [row.number, row] as const))(
  'point %i is shown by tests that are there',
  (_, { shownBy }) => {
    expect(shownBy.length).toBeGreaterThan(0)
    const missing = shownBy.flatMap(({ path, titles }) => {
      if (!existsSync(new URL(path, root))) return [path]
      return titles.filter((title) => !hasTest(path, title))
    })
    expect(missing).toEqual([])
  },
)
