import { expect, test } from 'vitest'
import { run } from '../support/command-line.js'
import { startInstance } from '../support/instance.js'

interface Line {
  level: number
  msg: string
  route?: string
  status?: number
  ip?: string
  traceId?: string
}

async function loggingInstance(options: { logLevel?: 'debug'; trustedProxies?: string[] } = {}) {
  const lines: Line[] = []
  const log = { write: (line: string) => void lines.push(JSON.parse(line) as Line) }
  const server = await startInstance({ storage: { memory: true }, log, ...options })
  const requests = () => lines.filter(({ msg }) => msg === 'request')
  return { server, requests, text: () => JSON.stringify(lines) }
}

test('every request leaves a line with its route, status, address and the trace id of its answer', async () => {
  const { server, requests } = await loggingInstance()
  const { error } = await server.call('GET /users/{user_id}', { params: { user_id: 'user_x' } })
  expect(requests()).toMatchObject([
    { route: 'GET /users/{user_id}', status: 404, ip: '127.0.0.1', traceId: error.clerk_trace_id },
  ])
})

test('no line has a key, a password, an address or an id in it', async () => {
  const { server, requests, text } = await loggingInstance({ logLevel: 'debug' })
  const json = { email_address: ['ada@example.com'], password: 'a long enough secret' }
  const { body } = await server.call('POST /users', { json })
  await server.call('GET /users', { query: { email_address: 'ada@example.com' } })
  await server.call('GET /users/{user_id}', { params: { user_id: body.id } })
  await fetch(`${server.url}/v1/${server.secretKey}`, { headers: { authorization: `Bearer ${server.secretKey}x` } })
  expect(requests()).toHaveLength(4)
  for (const secret of [server.secretKey, server.apiKey, 'ada@example.com', 'long enough', body.id]) {
    expect(text()).not.toContain(secret)
  }
})

test('probes are lines for who wants to know more', async () => {
  const quiet = await loggingInstance()
  await fetch(`${quiet.server.url}/health/live`)
  expect(quiet.requests()).toEqual([])
  const talkative = await loggingInstance({ logLevel: 'debug' })
  await fetch(`${talkative.server.url}/health/live`)
  expect(talkative.requests()).toHaveLength(1)
})

const forwarded = async (header: string, trustedProxies?: string[]) => {
  const { server, requests } = await loggingInstance(trustedProxies ? { trustedProxies } : {})
  await fetch(`${server.url}/v1/jwks`, { headers: { 'x-forwarded-for': header } })
  return requests()[0]?.ip
}

test('X-Forwarded-For has no say unless a trusted proxy sent it', async () => {
  expect(await forwarded('203.0.113.7')).toBe('127.0.0.1')
  expect(await forwarded('203.0.113.7', ['10.0.0.0/8'])).toBe('127.0.0.1')
  expect(await forwarded('203.0.113.7', ['127.0.0.1'])).toBe('203.0.113.7')
})

test('of what a client itself put into X-Forwarded-For nothing counts', async () => {
  expect(await forwarded('198.51.100.1, 203.0.113.7', ['127.0.0.0/8'])).toBe('203.0.113.7')
  expect(await forwarded('198.51.100.1, 203.0.113.7, 10.1.2.3', ['127.0.0.1', '10.0.0.0/8'])).toBe('203.0.113.7')
  expect(await forwarded('203.0.113.7, junk, 10.1.2.3', ['127.0.0.1', '10.0.0.0/8'])).toBe('10.1.2.3')
  expect(await forwarded('', ['127.0.0.1'])).toBe('127.0.0.1')
  expect(await forwarded('2001:db8::1', ['127.0.0.1'])).toBe('2001:db8::1')
  expect(await forwarded('::ffff:203.0.113.7', ['127.0.0.1'])).toBe('203.0.113.7')
})

test.each([
  ['203.0.113.7', ['::ffff:203.0.113.7', '::FFFF:203.0.113.7', '::ffff:cb00:7107', '0:0:0:0:0:ffff:cb00:7107']],
  ['2001:db8::1', ['2001:DB8::1', '2001:db8:0:0:0:0:0:1', '2001:0db8::0001', '2001:db8::0.0.0.1']],
])('%s is one address, however it is spelt', async (address, spellings) => {
  for (const spelling of spellings) expect(await forwarded(spelling, ['127.0.0.1']), spelling).toBe(address)
})

test('a trusted proxy is known by every spelling of its address', async () => {
  for (const proxy of ['::ffff:10.1.2.3', '::ffff:a01:203', '10.1.2.3']) {
    expect(await forwarded(`203.0.113.7, ${proxy}`, ['127.0.0.1', '10.0.0.0/8']), proxy).toBe('203.0.113.7')
  }
  expect(await forwarded('203.0.113.7, 2001:DB8:0::5', ['127.0.0.1', '2001:db8::/64'])).toBe('203.0.113.7')
})

test.each(['10.0.0.0/33', 'proxy.example', '10.0.0.0/8/8', '::1/129', ','])(
  '--trust-proxy %s makes no sense, and starts nothing',
  async (text) => {
    const { code, stderr } = await run('start', '--memory', '--trust-proxy', text)
    expect(code).toBe(2)
    expect(stderr).toMatch(/trusted proxy|--trust-proxy/)
  },
)
