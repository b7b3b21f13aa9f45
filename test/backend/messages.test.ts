import { Clerk as Clerk4 } from 'clerk-sdk-node-4.13.23'
import { describe, expect, test } from 'vitest'
import { inboxOf, recipient } from '../support/inbox.js'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'

const letter = { from_email_name: 'sales', subject: 'Your order', body: '<p>It is on its <b>way</b>.</p>' }

describe.each(storageKinds)('messages on %s', (kind) => {
  const start = async () => startInstance({ storage: await freshStorage(kind, 'instance') })

  test('a mail is queued to a verified address, and answered with all that clients read', async () => {
    const server = await start()
    const email_address_id = await recipient(server, 'ada@example.com')
    const { status, body } = await server.call('POST /emails', { json: { ...letter, email_address_id } })
    expect(status).toBe(200)
    expect(body).toEqual({
      object: 'email',
      id: expect.stringMatching(/^ema_[0-9A-Za-z]{27}$/),
      ...letter,
      slug: null,
      user_id: expect.stringMatching(/^user_/),
      data: null,
      delivered_by_clerk: true,
      reply_to_email_name: null,
      body_plain: null,
      to_email_address: 'ada@example.com',
      email_address_id,
      status: 'queued',
    })
    expect(await inboxOf(server)).toMatchObject([{ id: body.id, to: 'ada@example.com', body: letter.body }])
  })

  test('a text message is queued to a verified number, and answered with all that clients read', async () => {
    const server = await start()
    const phone_number_id = await recipient(server, '+14155550223')
    const message = 'Line one\nline two: 100 % \u{1f511}'
    const { status, body } = await server.call('POST /sms_messages', { form: { message, phone_number_id } })
    expect(status).toBe(200)
    expect(body).toEqual({
      object: 'sms_message',
      id: expect.stringMatching(/^sms_[0-9A-Za-z]{27}$/),
      slug: null,
      user_id: expect.stringMatching(/^user_/),
      data: null,
      delivered_by_clerk: true,
      from_phone_number: '',
      to_phone_number: '+14155550223',
      phone_number_id,
      message,
      status: 'queued',
      created_at: server.clock.now,
    })
  })

  test('an id that is nobody’s, of another kind or of an address that is not verified is refused, and nothing is queued', async () => {
    const server = await start()
    const phone_number_id = await recipient(server, '+14155550223')
    const { body: reserved } = await server.call('POST /users', {
      json: { email_address: ['held@example.com'], email_address_identification_status: ['reserved'] },
    })
    for (const email_address_id of ['idn_none', '', phone_number_id, reserved.email_addresses[0]?.id]) {
      expect(await server.call('POST /emails', { json: { ...letter, email_address_id } })).toMatchObject({
        status: 422,
        codes: ['form_resource_not_found'],
        params: ['email_address_id'],
      })
    }
    const email_address_id = await recipient(server, 'ada@example.com')
    for (const id of ['idn_none', email_address_id]) {
      expect(await server.call('POST /sms_messages', { json: { message: 'x', phone_number_id: id } })).toMatchObject({
        status: 422,
        codes: ['form_resource_not_found'],
        params: ['phone_number_id'],
      })
    }
    expect(await inboxOf(server)).toEqual([])
  })

  test.each([
    ['from_email_name', 'a\r\nBcc: eve@example.com', 'form_param_format_invalid'],
    ['from_email_name', 'eve@example.com, sales', 'form_param_format_invalid'],
    ['from_email_name', 'two words', 'form_param_format_invalid'],
    ['from_email_name', '', 'form_param_format_invalid'],
    ['from_email_name', 'a'.repeat(65), 'form_param_max_length_exceeded'],
    ['subject', 'Hello\r\nBcc: eve@example.com', 'form_param_format_invalid'],
    ['subject', 'a\u0085b', 'form_param_format_invalid'],
    ['subject', 'a'.repeat(999), 'form_param_max_length_exceeded'],
    ['body', 'a\0b', 'form_param_format_invalid'],
    ['email_address_id', undefined, 'form_param_missing'],
  ])('a mail whose %s is %j is refused', async (param, value, code) => {
    const server = await startInstance({ storage: { memory: true } })
    const email_address_id = await recipient(server, 'ada@example.com')
    const refused = await server.call('POST /emails', { json: { ...letter, email_address_id, [param]: value } })
    expect(refused).toMatchObject({ status: 422, codes: [code], params: [param] })
  })

  test.each([
    ['', 'form_param_value_invalid'],
    ['a'.repeat(1601), 'form_param_max_length_exceeded'],
    ['a\0b', 'form_param_format_invalid'],
  ])('a text message %j is refused', async (message, code) => {
    const server = await startInstance({ storage: { memory: true } })
    const phone_number_id = await recipient(server, '+14155550223')
    const refused = await server.call('POST /sms_messages', { json: { message, phone_number_id } })
    expect(refused).toMatchObject({ status: 422, codes: [code], params: ['message'] })
  })

  test('the published client of 2023 sends both, and reads both', async () => {
    const server = await start()
    const clerk = Clerk4({ secretKey: server.secretKey, apiUrl: server.url })
    const emailAddressId = await recipient(server, 'ada@example.com')
    const phoneNumberId = await recipient(server, '+14155550223')
    const { body, subject } = letter
    const email = await clerk.emails.createEmail({ fromEmailName: 'sales', subject, body, emailAddressId })
    expect(email).toMatchObject({
      fromEmailName: 'sales',
      toEmailAddress: 'ada@example.com',
      status: 'queued',
      slug: null,
    })
    const sms = await clerk.smsMessages.createSMSMessage({ message: 'Hello', phoneNumberId })
    expect(sms).toMatchObject({ toPhoneNumber: '+14155550223', message: 'Hello', status: 'queued', phoneNumberId })
  })
})
