import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allCases } from './cases/all.js'
import { deviations, shownElsewhere } from './deviations.js'

const root = new URL('../../', import.meta.url)

/** The first column of every table in docs/deviations.md. */
const documented = readFileSync(new URL('docs/deviations.md', root), 'utf8')
  .split('\n')
  .map((line) => /^\| (.+?) \| .+ \| .+ \|$/.exec(line)?.[1])
  .filter((row) => row !== undefined)

test('every deviation that a case names is a row of docs/deviations.md', () => {
  expect(Object.values(deviations).filter((row) => !documented.includes(row))).toEqual([])
})

test('every row of docs/deviations.md is shown by a case here, or by a test that is named here', () => {
  const shown: readonly string[] = [...Object.values(deviations), ...Object.keys(shownElsewhere)]
  expect(documented.filter((row) => !shown.includes(row))).toEqual([])
  expect(new Set(documented).size).toBe(documented.length)
})

test('every deviation has a case in which the two differ', () => {
  const used = new Set(
    allCases.flatMap(({ differs = {} }) =>
      Object.entries(differs).flatMap(([name, parts]) => (Object.keys(parts).length > 0 ? [name] : [])),
    ),
  )
  expect(Object.keys(deviations).filter((name) => !used.has(name))).toEqual([])
})

test.each(Object.entries(shownElsewhere))('%s: there is a test of it', (row, file) => {
  expect(documented).toContain(row)
  expect(existsSync(new URL(file, root))).toBe(true)
})

test('no two cases have the same title', () => {
  const titles = allCases.map(({ title }) => title)
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
})

test('every table of cases is compared', () => {
  const folder = new URL('test/parity/', root)
  const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')
  const tests = readdirSync(folder).filter((name) => name.endsWith('.test.ts') && name !== 'deviations.test.ts')
  const compared = tests.map(read).join()
  const tables = Array.from(read('cases/all.ts').matchAll(/'(\.\/[\w-]+\.js)'/g), ([, file = '']) => file.slice(2))
  expect(tables.filter((file) => !compared.includes(`'./cases/${file}'`))).toEqual([])
})
