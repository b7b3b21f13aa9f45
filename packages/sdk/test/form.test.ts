import { parse } from 'node:querystring'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { snakeCase } from '../src/json.js'
import { encodeForm } from '../src/transport/form.js'

describe('names go out in snake_case', () => {
  test.each([
    ['emailAddress', 'email_address'],
    ['primaryEmailAddressID', 'primary_email_address_id'],
    ['primaryPhoneNumberID', 'primary_phone_number_id'],
    ['primaryEmailAddressId', 'primary_email_address_id'],
    ['imageURL', 'image_url'],
    ['fooID', 'foo_id'],
    ['parseHTMLNow', 'parse_html_now'],
    ['userIDs', 'user_ids'],
    ['FirstName', 'first_name'],
    ['web3Wallet', 'web3_wallet'],
    ['first_name', 'first_name'],
    ['limit', 'limit'],
  ])('%s as %s', (name, wire) => {
    expect(snakeCase(name)).toBe(wire)
  })

  test('the later of two spellings of one name wins, unless it is undefined', () => {
    expect(encodeForm({ first_name: 'a', firstName: 'b' })).toBe('first_name=b')
    expect(encodeForm({ first_name: 'a', firstName: undefined })).toBe('first_name=a')
  })
})

describe('values are encoded', () => {
  const date = new Date(Date.UTC(2021, 0, 2))
  test.each<[string, object, string]>([
    ['a space as %20', { a: 'x y' }, 'a=x%20y'],
    ["what querystring leaves raw, raw: ! ' ( ) * ~ - . _", { a: "!'()*~-._" }, "a=!'()*~-._"],
    ['a plus and other marks with %', { a: '+&=#?/' }, 'a=%2B%26%3D%23%3F%2F'],
    ['UTF-8 with %', { a: 'é🎉' }, 'a=%C3%A9%F0%9F%8E%89'],
    ['an array by repeating the name, in order', { emailAddress: ['b', 'a'] }, 'email_address=b&email_address=a'],
    ['an empty array as nothing', { a: [], b: 1 }, 'b=1'],
    ['undefined as nothing', { firstName: undefined, b: 1 }, 'b=1'],
    ['undefined in an array as nothing', { a: ['x', undefined] }, 'a=x'],
    ['null as empty', { firstName: null }, 'first_name='],
    ['an empty text as empty', { firstName: '' }, 'first_name='],
    ['false and 0 as themselves', { a: false, b: 0, c: true, d: 1.5 }, 'a=false&b=0&c=true&d=1.5'],
    ['a number that is none as empty', { a: Number.NaN }, 'a='],
    ['a date as its ISO text', { createdAt: date }, 'created_at=2021-01-02T00%3A00%3A00.000Z'],
    ['a URL as its text', { redirectUrl: new URL('https://a.b/c') }, 'redirect_url=https%3A%2F%2Fa.b%2Fc'],
    ['an object as JSON text in snake_case', { a: { fooBar: 1 } }, `a=${encodeURIComponent('{"foo_bar":1}')}`],
    [
      'metadata as JSON text, its names untouched',
      { publicMetadata: { zodSign: 1 } },
      'public_metadata=%7B%22zodSign%22%3A1%7D',
    ],
    ['metadata that is text already, as it is', { privateMetadata: '{"a":1}' }, 'private_metadata=%7B%22a%22%3A1%7D'],
    ['metadata that is null, as empty', { unsafeMetadata: null }, 'unsafe_metadata='],
    ['metadata that is undefined, as nothing', { unsafeMetadata: undefined }, ''],
    ['no parameters as nothing', {}, ''],
  ])('%s', (_, params, wire) => {
    expect(encodeForm(params)).toBe(wire)
  })

  test('nothing that was passed is changed', () => {
    const params = { publicMetadata: { a: { b: 1 } }, emailAddress: ['x'] }
    const before = structuredClone(params)
    encodeForm(params)
    expect(params).toEqual(before)
  })

  test('a key named __proto__ changes no prototype', () => {
    const metadata: unknown = JSON.parse('{"__proto__":{"polluted":1}}')
    expect(encodeForm({ publicMetadata: metadata })).toBe(
      `public_metadata=${encodeURIComponent('{"__proto__":{"polluted":1}}')}`,
    )
    expect({}).not.toHaveProperty('polluted')
  })

  test('any texts come back as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (texts) => {
        const sent = parse(encodeForm({ a: texts }), '&', '=', { maxKeys: 0 })['a']
        expect([sent].flat()).toEqual(texts)
      }),
    )
  })
})
