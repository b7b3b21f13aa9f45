import { expect, test } from 'vitest'
import { run, startReady } from '../support/command-line.js'

test.each(['0.0.0.0', '::', 'example.com', '127.0.0.1.example.com'])(
  'a development instance does not listen on %s',
  async (host) => {
    const { code, stderr } = await run('start', '--memory', '--port', '0', '--host', host)
    expect(code).toBe(1)
    expect(stderr).toContain('a development instance does not listen on')
    expect(stderr).toContain('--expose')
  },
)

test.each(['localhost', '127.0.0.1', '127.1.2.3'])('it listens on %s', async (host) => {
  const { ready } = await startReady('--memory', '--host', host)
  expect((await fetch(`${ready.url}/health/live`)).status).toBe(200)
})

test('it listens where others reach it when it is told to', async () => {
  const { ready } = await startReady('--memory', '--host', '0.0.0.0', '--expose')
  expect((await fetch(`http://127.0.0.1:${new URL(ready.url).port}/health/live`)).status).toBe(200)
})
