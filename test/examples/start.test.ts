import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { temporaryFolder } from '../support/command-line.js'
import { npmStart } from '../support/npm-start.js'

const steps = [
  'Create three users',
  'List them, ordered by last name',
  'Read one',
  'Update one',
  'Fail to create a duplicate',
  'Create a session',
  'Mint a token for it',
  'Verify the token',
  'Call the guarded route with the token',
  'Call the guarded route without it',
  'Delete one',
]

test('npm start -- --once takes the whole tour and exits 0', async () => {
  const { child, text } = npmStart('--once')
  const [code] = await once(child, 'close')
  expect(code, text()).toBe(0)
  for (const title of steps) expect(text()).toMatch(new RegExp(`^ ?\\d+ +${title} +\\S`, 'm'))
  expect(text()).toContain('422 form_identifier_exists')
  expect(text()).toContain('200 {"firstName":"Ada"')
  expect(text()).toContain('401 {"error":"Unauthenticated"}')
})

test('npm start stays up after the tour, its curl lines work, and Ctrl-C stops all of it', async () => {
  const folder = await temporaryFolder()
  const { child, signal, text } = npmStart('--data-dir', folder, '--port', '0', '--example-port', '0')
  await vi.waitFor(() => expect(text()).toContain('Try'), { timeout: 20_000 })
  await vi.waitFor(() => expect(text().match(/^ {2}curl .+$/gm)).toHaveLength(3))
  const answers = []
  for (const line of text().match(/^ {2}curl .+$/gm) ?? []) answers.push(await sh(`${line} --silent`))
  expect(JSON.parse(answers[0] as string)).toHaveLength(2)
  expect(JSON.parse(answers[1] as string)).toMatchObject({ email_addresses: [{ email_address: 'you@example.com' }] })
  expect(answers[2]).toMatch(/^HTTP\/1\.1 401 Unauthorized/)

  const addresses = [...text().matchAll(/^ {2}(?:Server|Express example) +(http\S+)$/gm)].map(
    ([, url]) => url as string,
  )
  expect(addresses).toHaveLength(2)
  const closed = once(child, 'close')
  signal('SIGINT')
  await closed
  for (const url of addresses) await expect(fetch(url)).rejects.toThrow()
})

test.each(['--help', '--example-prot'])('npm start -- %s says which flags there are', async (flag) => {
  const { child, text } = npmStart(flag)
  const [code] = await once(child, 'close')
  expect(code).toBe(2)
  expect(text()).toContain('usage: npm start -- [--once]')
  expect(text()).not.toContain('ERR_PARSE_ARGS')
})

test('npm start takes the tour again on the data of the time before', async () => {
  const folder = await temporaryFolder()
  for (let run = 0; run < 2; run++) {
    const { child, text } = npmStart('--once', '--data-dir', folder)
    const [code] = await once(child, 'close')
    expect(code, text()).toBe(0)
    expect(text()).toContain(`${run === 0 ? 0 : 2} users`)
  }
})

test('npm start on a port that is taken ends with 1 and says which', async () => {
  const holder = createServer()
  onTestFinished(() => void holder.close())
  holder.listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as { port: number }
  const { child, text } = npmStart('--once', '--port', String(port))
  const [code] = await once(child, 'close')
  expect(code).toBe(1)
  expect(text()).toContain(`cannot listen on 127.0.0.1:${port}`)
})

async function sh(line: string): Promise<string> {
  const child = spawn('sh', ['-c', line], { stdio: ['ignore', 'pipe', 'ignore'] })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  await once(child, 'close')
  return said
}
