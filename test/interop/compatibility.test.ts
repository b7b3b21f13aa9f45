import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compatibilityPage } from './matrix.js'

const page = new URL('../../docs/compatibility.md', import.meta.url)

test('docs/compatibility.md says what the tests of the published clients show', () => {
  const wanted = compatibilityPage()
  if (process.env['UPDATE']) writeFileSync(page, wanted)
  expect(readFileSync(page, 'utf8'), 'UPDATE=1 npx vitest run test/interop/compatibility.test.ts').toBe(wanted)
})
