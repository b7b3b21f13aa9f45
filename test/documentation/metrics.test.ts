import { expect, test } from 'vitest'
import { startInstance } from '../support/instance.js'
import { codeIn, rowsOf } from './pages.js'

test('docs/server/operations.md names metrics that there are, and all of our own', async () => {
  const { url, call } = await startInstance({ storage: { memory: true }, metrics: {} })
  await call('GET /users', {})
  const text = await (await fetch(`${url}/metrics`)).text()
  const there = [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name = '']) => name)

  const named = rowsOf('docs/server/operations.md')
    .flatMap(([name = '']) => codeIn(name))
    .filter((name) => name.includes('_'))
  expect(named.filter((name) => !there.includes(name))).toEqual([])
  expect(named).toEqual(expect.arrayContaining(there.filter((name) => name.startsWith('clerk_'))))
  expect(named.filter((name) => name.startsWith('clerk_'))).not.toEqual([])
})
