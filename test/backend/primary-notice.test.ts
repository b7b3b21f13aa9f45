import { describe, expect, test } from 'vitest'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'
import { messagesIn } from '../support/rows.js'
import { addEmail, createUser, patchEmail, putEmail } from './address-calls.js'

describe.each(storageKinds)('the notice of another primary address on %s', (kind) => {
  test('whoever asks for it has the old primary address told of the new one', async () => {
    const storage = await freshStorage(kind, 'instance')
    const server = await startInstance({ storage })
    const user = await createUser(server, { email_address: ['one@example.com', 'two@example.com'] })
    const [one, two] = user.email_addresses.map(({ id }) => id) as [string, string]
    const params = { user_id: user.id }
    const notify = { notify_primary_email_address_changed: true }
    const told = async () => (await messagesIn(storage)).map(({ recipient }) => recipient)

    await patchEmail(server, two, { primary: true })
    await patchEmail(server, two, { primary: true, ...notify })
    expect(await told(), 'nobody asked, or nothing changed').toEqual([])

    await server.call('PATCH /users/{user_id}', { params, json: { primary_email_address_id: one, ...notify } })
    expect(await messagesIn(storage)).toMatchObject([
      {
        channel: 'email',
        slug: 'primary_email_address_changed',
        user_id: user.id,
        identification_id: two,
        recipient: 'two@example.com',
        body_plain: expect.stringContaining('from two@example.com to one@example.com'),
      },
    ])
    await patchEmail(server, two, { primary: true, ...notify })
    const json = { user_id: user.id, email_address: 'three@example.com', verified: true }
    await addEmail(server, { ...json, ...notify })
    await addEmail(server, { ...json, email_address: 'four@example.com', primary: true, ...notify })
    await putEmail(server, user.id, { email_address: 'four@example.com', ...notify })
    const unverified = { email_address: 'five@example.com', identification_status: 'unverified' }
    await putEmail(server, user.id, { ...unverified, ...notify })
    await putEmail(server, user.id, { email_address: 'six@example.com', ...notify })
    expect(await told()).toEqual(['two@example.com', 'one@example.com', 'two@example.com', 'four@example.com'])
    expect((await messagesIn(storage)).at(-1)?.body_plain).toContain('which has none now')
  })

  test('a refused change tells nobody', async () => {
    const storage = await freshStorage(kind, 'instance')
    const server = await startInstance({ storage })
    const user = await createUser(server, { email_address: ['a@example.com'] })
    const json = { primary_email_address_id: 'idn_nobody', notify_primary_email_address_changed: true }
    const refused = await server.call('PATCH /users/{user_id}', { params: { user_id: user.id }, json })
    expect(refused).toMatchObject({ status: 422, codes: ['form_resource_not_found'] })
    expect(await messagesIn(storage)).toEqual([])
  })
})
