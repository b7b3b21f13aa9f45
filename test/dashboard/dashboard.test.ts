import { request } from 'node:http'
import { expect, test } from 'vitest'
import { type Instance, production, startInstance } from '../support/instance.js'

const storage = { memory: true } as const

/** A person's browser, as far as the dashboard needs one: forms, cookies, and no redirect unseen. */
function person({ url }: Pick<Instance, 'url'>) {
  let cookie = ''
  return async (path: string, form?: Record<string, string>, headers: Record<string, string> = {}) => {
    const response = await fetch(url + path, {
      redirect: 'manual',
      headers: { ...(cookie && { cookie }), ...(form && { origin: url }), ...headers },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    const text = await response.text()
    return { status: response.status, location: response.headers.get('location'), headers: response.headers, text }
  }
}

const newUser = (instance: Instance, json: object) => instance.call('POST /users', { json })

test('the overview has the keys of the application, each with a button that copies it', async () => {
  const instance = await startInstance({ storage })
  const { status, text, headers } = await person(instance)('/')
  expect(status).toBe(200)
  for (const key of [instance.secretKey, instance.apiKey, instance.publishableKey]) {
    expect(text).toContain(`data-copy="${key}"`)
  }
  expect(text).toContain('0 users')
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'nonce-/)
  expect(headers.get('x-frame-options')).toBe('DENY')
})

test('users are found by a part of their address, and what they are called is never markup', async () => {
  const instance = await startInstance({ storage })
  await newUser(instance, { email_address: ['ada@example.com'], first_name: '<b>Ada</b>' })
  await newUser(instance, { email_address: ['grace@example.com'], first_name: 'Grace' })
  const open = person(instance)
  const all = await open('/dashboard/users')
  expect(all.text).toContain('&lt;b&gt;Ada&lt;/b&gt;')
  expect(all.text).not.toContain('<b>')
  expect(all.text).toContain('Grace')
  const found = await open('/dashboard/users?query=ada%40')
  expect(found.text).toContain('ada@example.com')
  expect(found.text).not.toContain('Grace')
  expect((await open('/dashboard/users?query=nobody')).text).toContain('There is nobody here.')
})

test('a user is banned, which ends their sessions, and let in again', async () => {
  const instance = await startInstance({ storage })
  const { body } = await newUser(instance, { email_address: ['ada@example.com'] })
  const session = await instance.call('POST /sessions', { json: { user_id: body.id } })
  const open = person(instance)
  const page = `/dashboard/users/${body.id}`
  expect((await open(page)).text).toContain(session.body.id)

  const banned = await open(`${page}/ban`, {})
  expect([banned.status, banned.location]).toEqual([
    303,
    `${page}?done=${encodeURIComponent('/dashboard/users/:user_id/ban')}`,
  ])
  const after = await open(banned.location ?? '')
  expect(after.text).toContain('The user is banned, and signed out everywhere.')
  expect(after.text).toContain('Signed in nowhere.')

  await open(`${page}/unban`, {})
  expect((await instance.call('GET /users/{user_id}', { params: { user_id: body.id } })).body.banned).toBe(false)
})

test('a session is revoked on the page of the sessions', async () => {
  const instance = await startInstance({ storage })
  const { body } = await newUser(instance, { email_address: ['ada@example.com'] })
  const session = await instance.call('POST /sessions', { json: { user_id: body.id } })
  const open = person(instance)
  expect((await open('/dashboard/sessions')).text).toContain(session.body.id)
  expect((await open(`/dashboard/sessions/${session.body.id}/revoke`, {})).status).toBe(303)
  expect((await open('/dashboard/sessions')).text).toContain('Nobody is signed in.')
})

test('an invitation is made and revoked, and a second one for the address is refused in words', async () => {
  const instance = await startInstance({ storage })
  const open = person(instance)
  const form = { email_address: 'ada@example.com' }
  expect((await open('/dashboard/invitations', form)).status).toBe(303)
  const refused = await open('/dashboard/invitations', form)
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('role="alert"')
  expect(refused.text).toContain('has an invitation that is pending')
  const { body } = await instance.call('GET /invitations', {})
  const [invitation] = Array.isArray(body) ? body : body.data
  expect(invitation?.email_address).toBe('ada@example.com')
  expect((await open(`/dashboard/invitations/${invitation?.id}/revoke`, {})).status).toBe(303)
  expect((await open('/dashboard/invitations')).text).toContain('Nobody is invited.')
})

test('the allowlist is filled, emptied and switched', async () => {
  const instance = await startInstance({ storage })
  const open = person(instance)
  expect((await open('/dashboard/allowlist')).text).toContain('The list is switched off')
  await open('/dashboard/allowlist/on', {})
  await open('/dashboard/allowlist', { identifier: '*@example.com' })
  const filled = await open('/dashboard/allowlist')
  expect(filled.text).toContain('Only who is on the list or was invited may sign up.')
  expect(filled.text).toContain('*@example.com')
  const refused = await open('/dashboard/allowlist', { identifier: 'nonsense' })
  expect([refused.status, refused.text.includes('must be an e-mail address')]).toEqual([422, true])
  const id = /allowlist\/(alid_\w+)\/delete/.exec(filled.text)?.[1]
  await open(`/dashboard/allowlist/${id}/delete`, {})
  await open('/dashboard/allowlist/off', {})
  expect((await open('/dashboard/allowlist')).text).toContain('The list is empty.')
})

test('requests are shown by route, status and trace id, without what they said', async () => {
  const instance = await startInstance({ storage })
  await instance.call('GET /users', { query: { query: 'hidden@example.com' } })
  const missing = await instance.call('GET /users/{user_id}', { params: { user_id: 'user_none' } })
  const { text } = await person(instance)('/dashboard/requests')
  expect(text).toContain('GET /users')
  expect(text).toContain('GET /users/{user_id}')
  expect(text).toContain(missing.error.clerk_trace_id)
  expect(text).not.toContain('hidden@example.com')
  expect(text).not.toContain('user_none')
})

test('what pages ask for by themselves does not push requests out of the list', async () => {
  const instance = await startInstance({ storage })
  await instance.call('GET /users', {})
  for (let times = 0; times < 100; times += 1) await fetch(`${instance.url}/inbox/messages?limit=1`)
  await fetch(`${instance.url}/__clerk/npm/@clerk/clerk-js@5/dist/clerk.browser.js`)
  const { text } = await person(instance)('/dashboard/requests')
  expect(text).toContain('GET /users')
  expect(text).not.toContain('GET /inbox/messages')
  expect(text).not.toContain('GET /__clerk/npm/')
})

test('the page of a user who is not there is 404 in the envelope', async () => {
  const instance = await startInstance({ storage })
  const { status, text } = await person(instance)('/dashboard/users/user_none')
  expect([status, JSON.parse(text)]).toMatchObject([404, { errors: [{ code: 'resource_not_found' }] }])
})

test.each(['/dashboard/users/%00', '/dashboard/users?query=%00', '/inbox?to=%00'])(
  '%s, which no database can look up, is refused',
  async (path) => {
    const instance = await startInstance({ storage })
    const { status, text } = await person(instance)(path)
    expect([status, JSON.parse(text)]).toMatchObject([400, { errors: [{ code: 'malformed_request_parameters' }] }])
  },
)

test.each([
  ['another site', { origin: 'https://evil.example' }],
  ['a site that is cross-site', { 'sec-fetch-site': 'cross-site' }],
])('%s cannot do anything on a development dashboard', async (_, headers) => {
  const instance = await startInstance({ storage })
  const { status } = await person(instance)('/dashboard/invitations', { email_address: 'ada@example.com' }, headers)
  expect(status).toBe(403)
  expect((await instance.call('GET /invitations', {})).body).toEqual([])
})

test('a development dashboard is not served by a name that is not of this machine', async () => {
  const instance = await startInstance({ storage })
  const { port } = new URL(instance.url)
  const status = await new Promise((resolve) => {
    request({ port, host: '127.0.0.1', path: '/', headers: { host: 'evil.example' } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    }).end()
  })
  expect(status).toBe(403)
})

test('the dashboard of a production instance is for who shows a secret key, for an hour', async () => {
  const instance = await startInstance({ storage, ...production, publicUrl: () => 'https://auth.example.com' })
  const open = person(instance)
  for (const path of ['/', '/dashboard/users', '/dashboard/requests']) {
    const { status, location, text } = await open(path)
    expect([status, location, text]).toEqual([303, `/dashboard/sign-in?next=${encodeURIComponent(path)}`, ''])
  }
  expect((await open('/dashboard/allowlist/on', {})).status).toBe(303)
  expect((await instance.call('PATCH /instance/restrictions', { json: {} })).body.allowlist).toBe(false)

  const wrong = await open('/dashboard/sign-in', { secret_key: 'sk_live_wrong', next: '/dashboard/users' })
  expect([wrong.status, wrong.headers.getSetCookie()]).toEqual([401, []])
  expect(wrong.text).not.toContain('sk_live_wrong')

  const right = await open('/dashboard/sign-in', { secret_key: instance.secretKey, next: '/dashboard/users' })
  expect([right.status, right.location]).toEqual([303, '/dashboard/users'])
  expect(right.headers.getSetCookie()[0]).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
  expect((await open('/dashboard/users')).status).toBe(200)
  expect((await open('/')).text).not.toContain(instance.secretKey)

  instance.clock.now += 60 * 60 * 1000
  expect((await open('/dashboard/users')).status).toBe(303)
})

test('a proxy may ask for a production dashboard by a name of its own: what counts is where people reach it', async () => {
  const instance = await startInstance({ storage, ...production, publicUrl: () => 'https://auth.example.com' })
  const signIn = (origin: string) =>
    person(instance)('/dashboard/sign-in', { secret_key: instance.secretKey }, { origin })
  expect((await signIn('https://auth.example.com')).status).toBe(303)
  for (const origin of ['https://evil.example', 'http://auth.example.com', 'null']) {
    expect((await signIn(origin)).status, origin).toBe(403)
  }
})

test.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])(
  'who has shown a key is not sent to %s',
  async (next) => {
    const instance = await startInstance({ storage, ...production })
    const { status, location } = await person(instance)('/dashboard/sign-in', { secret_key: instance.secretKey, next })
    expect([status, location]).toEqual([303, '/'])
  },
)
