import { errors } from '@clerk-server/contract'
import { expect, test } from 'vitest'
import { codeIn, pages, readPage, rowsOf } from './pages.js'

test('docs/server/errors.md has every code of the contract, with its status and its sentence', () => {
  const rows = rowsOf('docs/server/errors.md').map(([code = '', status, message = '']) => [
    codeIn(code)[0],
    Number(status),
    message.replaceAll('\\', ''),
  ])
  expect(rows).toEqual(Object.entries(errors).map(([code, { status, message }]) => [code, status, message]))
})

test('a status in brackets beside a code is its status', () => {
  const named = pages
    .filter((page) => page.startsWith('docs/server/'))
    .flatMap((page) => [...readPage(page).matchAll(/(\d{3})\s+\(`(\w+)`\)/g)])
    .map(([, status, code = '']) => [code, Number(status)] as const)
  expect(named.length).toBeGreaterThan(1)
  expect(named).toEqual(named.map(([code]) => [code, errors[code as keyof typeof errors]?.status]))
})
