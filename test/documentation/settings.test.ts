import { expect, test } from 'vitest'
import { run, startReady, temporaryFolder } from '../support/command-line.js'
import { codeIn, rowsOf } from './pages.js'

test('docs/server/settings.md has every setting, in the order, with its default', async () => {
  const flags = ['--data-dir', await temporaryFolder()]
  await startReady(...flags)
  const { stdout } = await run('settings', 'list', '--json', ...flags)
  const listed = JSON.parse(stdout) as { name: string; value: unknown }[]
  const rows = rowsOf('docs/server/settings.md').map(([name = '', , fallback = '']) => [
    codeIn(name)[0],
    codeIn(fallback)[0] ?? null,
  ])
  expect(rows).toEqual(listed.map(({ name, value }) => [name, value === null ? null : String(value)]))
})
