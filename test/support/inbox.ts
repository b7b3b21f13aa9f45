import { expect } from 'vitest'
import type { Instance } from './instance.js'

export interface InboxMessage {
  id: string
  channel: 'email' | 'sms'
  from: string | null
  to: string
  subject: string | null
  body: string
  body_plain: string | null
  code: string | null
  links: string[]
  status: 'queued' | 'submitted' | 'failed'
  attempts: number
  last_error: string | null
  created_at: number
}

/** What the inbox of a development instance has, the newest first. */
export async function inboxOf({ url }: Pick<Instance, 'url'>, query = ''): Promise<InboxMessage[]> {
  const response = await fetch(`${url}/inbox/messages${query}`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  return (await response.json()) as InboxMessage[]
}

/** A user with an address or a number, and the id of that. */
export async function recipient(server: Instance, value: string): Promise<string> {
  const type = value.includes('@') ? 'email_address' : 'phone_number'
  const { status, body } = await server.call('POST /users', { json: { [type]: [value] } })
  expect(status).toBe(200)
  const id = (value.includes('@') ? body.email_addresses : body.phone_numbers)[0]?.id
  return id as string
}

/** Queues a mail to a user of that address. */
export async function sendMail(server: Instance, to: string, mail: object = {}) {
  const json = {
    from_email_name: 'sales',
    subject: 'Hello',
    body: '<p>Hello</p>',
    email_address_id: await recipient(server, to),
    ...mail,
  }
  const { status, body } = await server.call('POST /emails', { json })
  expect(status).toBe(200)
  return body
}

/** Queues a text message to a user of that number. */
export async function sendText(server: Instance, to: string, message = 'Hello') {
  const json = { message, phone_number_id: await recipient(server, to) }
  const { status, body } = await server.call('POST /sms_messages', { json })
  expect(status).toBe(200)
  return body
}
