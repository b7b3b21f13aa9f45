import type { ClerkClient } from '@clerk/backend'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clients, type PublishedClient } from './clients.js'
import { openSite, type Site, stageOf } from './stage.js'

type Users = Pick<ClerkClient, 'users'>

/** What a client makes of an answer that is no success. */
interface Failure {
  status: number
  code: string
  message: string
  longMessage: string
  param?: string
}

const traceId = expect.stringMatching(/^[0-9a-f]{32}$/)

/** `@clerk/backend` knows the status, the trace id and the parameter; 2.6.3 knows the status and the texts. */
function errorOf(client: PublishedClient, { status, code, message, longMessage, param }: Failure): object {
  const told = { code, message, longMessage }
  if (client.name === 'clerk-sdk-node 2.6.3') return { name: 'Error', statusCode: status, data: [told] }
  const meta = param === undefined ? {} : { meta: { paramName: param } }
  return { clerkError: true, status, clerkTraceId: traceId, errors: [{ ...told, ...meta }] }
}

describe.each(clients)('$name', (client) => {
  let site: Site
  beforeAll(async () => {
    site = await openSite('SQLite')
  })
  afterAll(() => site.close())

  const failing = (call: Promise<unknown>) => call.then(() => undefined).catch((reason: unknown) => reason)

  test('tells what is not there', async () => {
    const { users } = client.connect(site.server) as Users
    const message = 'there is no user with the id user_none'
    expect(await failing(users.getUser('user_none'))).toMatchObject(
      errorOf(client, { status: 404, code: 'resource_not_found', message, longMessage: message }),
    )
  })

  test('tells which parameter is wrong, and why', async () => {
    const clerk = client.connect(site.server) as Users
    const { email_addresses } = await stageOf(site, client.name, clerk).person()
    const emailAddress = email_addresses.map(({ email_address }) => email_address)
    const failure = await failing(clerk.users.createUser({ emailAddress, skipPasswordRequirement: true }))
    expect(failure).toMatchObject(
      errorOf(client, {
        status: 422,
        code: 'form_identifier_exists',
        message: expect.any(String),
        longMessage: expect.stringMatching(/^email_address /),
        param: 'email_address',
      }),
    )
  })

  test('tells of everything that is wrong at once', async () => {
    const { users } = client.connect(site.server) as Users
    const failure = await failing(users.createUser({ emailAddress: ['nobody'], phoneNumber: ['nothing'] }))
    const codes = [{ code: 'form_param_format_invalid' }, { code: 'form_param_format_invalid' }]
    const told = client.name === 'clerk-sdk-node 2.6.3' ? { data: codes } : { errors: codes }
    expect(failure).toMatchObject(told)
  })

  test('tells that the key is wrong', async () => {
    const wrong = { ...site.server, secretKey: 'sk_test_wrong', apiKey: 'test_wrong' }
    const { users } = client.connect(wrong) as Users
    expect(await failing(users.getUser('user_none'))).toMatchObject(
      errorOf(client, {
        status: 401,
        code: 'clerk_key_invalid',
        message: expect.any(String),
        longMessage: expect.any(String),
      }),
    )
  })
})
