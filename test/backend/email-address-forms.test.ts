import { describe, expect, test } from 'vitest'
import { startInstance } from '../support/instance.js'

describe('an e-mail address', () => {
  const start = () => startInstance({ storage: { memory: true } })

  test.each([
    ['is lower-cased', 'Ada.Lovelace@Example.COM', 'ada.lovelace@example.com'],
    ['is trimmed', '\t ada@example.com\n', 'ada@example.com'],
    ['keeps its dots', 'a.d.a@example.com', 'a.d.a@example.com'],
    ['keeps its tag', 'ada+work+2@example.com', 'ada+work+2@example.com'],
    [
      'may have every sign that RFC 5322 has',
      "o'brien!#$%&*/=?^_`{|}~-@example.com",
      "o'brien!#$%&*/=?^_`{|}~-@example.com",
    ],
    ['may be at a domain in Punycode', 'ada@XN--80AKHBYKNJ4F.XN--P1AI', 'ada@xn--80akhbyknj4f.xn--p1ai'],
    ['may have 64 characters before the @', `${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('%s', async (_, given, stored) => {
    const server = await start()
    const { body } = await server.call('POST /users', { json: { email_address: [given] } })
    expect(body.email_addresses.map(({ email_address }) => email_address)).toEqual([stored])
    const again = await server.call('POST /users', { json: { email_address: [stored.toUpperCase()] } })
    expect(again).toMatchObject({ status: 422, codes: ['form_identifier_exists'] })
  })

  test('tells addresses apart by their dots and tags', async () => {
    const server = await start()
    const email_address = ['ada@example.com', 'a.da@example.com', 'ada+1@example.com']
    const { body } = await server.call('POST /users', { json: { email_address } })
    expect(body.email_addresses).toHaveLength(3)
  })

  test.each([
    ['a letter outside of ASCII', 'ädä@example.com'],
    ['a letter that becomes ASCII when it is lower-cased', '\u212Aate@example.com'],
    ['a letter that looks like ASCII', '\uFF41da@example.com'],
    ['a domain outside of ASCII', 'ada@exämple.com'],
    ['two dots in a row', 'a..b@example.com'],
    ['a dot at the end', 'ada.@example.com'],
    ['no domain', 'ada@'],
    ['a host without a domain', 'ada@localhost'],
    ['an address of a machine', 'ada@127.0.0.1'],
    ['two addresses', 'ada@example.com,eve@example.com'],
    ['a second @', 'ada@eve@example.com'],
    ['a name', 'Ada <ada@example.com>'],
    ['a quoted part', '"ada"@example.com'],
    ['a line break', 'ada@example.com\r\nBcc: eve@example.com'],
    ['a NUL', 'ada\0@example.com'],
    ['65 characters before the @', `${'a'.repeat(65)}@example.com`],
  ])('is refused with %s', async (_, address) => {
    const server = await start()
    const answer = await server.call('POST /users', { json: { email_address: [address] } })
    expect(answer).toMatchObject({ status: 422, codes: ['form_param_format_invalid'], params: ['email_address'] })
  })
})
