import type { Sent } from '../support/instance.js'

const json = { 'content-type': 'application/json' }
const version = { 'clerk-api-version': '2025-11-10' }
const deep = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) as object

export interface Refusal {
  what: string
  sent: Sent
  status: number
  codes: string[]
  params?: string[]
}

/** Everything that `POST /users` refuses, with what it says. */
export const refusedCreations: Refusal[] = [
  {
    what: 'a malformed e-mail address',
    sent: { json: { email_address: ['not an address'] } },
    status: 422,
    codes: ['form_param_format_invalid'],
    params: ['email_address'],
  },
  {
    what: 'an e-mail address with a line break',
    sent: { json: { email_address: ['a@example.com\r\nBcc: b@example.com'] } },
    status: 422,
    codes: ['form_param_format_invalid'],
  },
  {
    what: 'a malformed phone number',
    sent: { form: { phone_number: '12345' } },
    status: 422,
    codes: ['form_param_format_invalid'],
    params: ['phone_number'],
  },
  {
    what: 'a phone number without its country',
    sent: { json: { phone_number: ['4155550100'] } },
    status: 422,
    codes: ['form_param_format_invalid'],
  },
  {
    what: 'an address that is taken, in other case',
    sent: { json: { email_address: ['TAKEN@example.com'] } },
    status: 422,
    codes: ['form_identifier_exists'],
    params: ['email_address'],
  },
  {
    what: 'a phone number that is taken',
    sent: { json: { email_address: ['new@example.com'], phone_number: ['+1-415-555-0199'] } },
    status: 422,
    codes: ['form_identifier_exists'],
    params: ['phone_number'],
  },
  {
    what: 'a user name that is taken, in other case',
    sent: { json: { username: 'Taken' } },
    status: 422,
    codes: ['form_identifier_exists'],
    params: ['username'],
  },
  {
    what: 'an external id that is taken',
    sent: { json: { external_id: 'taken' } },
    status: 422,
    codes: ['form_identifier_exists'],
    params: ['external_id'],
  },
  {
    what: 'an address given twice',
    sent: { json: { email_address: ['a@example.com', 'A@example.com'] } },
    status: 422,
    codes: ['form_param_duplicate'],
    params: ['email_address'],
  },
  {
    what: 'a parameter given twice',
    sent: { form: { username: ['one', 'two'] } },
    status: 422,
    codes: ['form_param_duplicate'],
    params: ['username'],
  },
  {
    what: 'an unknown field',
    sent: { json: { username: 'fine', shoe_size: 43 }, headers: version },
    status: 422,
    codes: ['form_param_unknown'],
    params: ['shoe_size'],
  },
  {
    what: 'a field that is not served',
    sent: { form: { username: 'fine', web3_wallet: 'x' } },
    status: 422,
    codes: ['form_param_unknown'],
    params: ['web3_wallet'],
  },
  {
    what: 'several faults at once',
    sent: { json: { username: 'a b', first_name: 1, banned: 'maybe' } },
    status: 422,
    codes: [
      'form_param_type_invalid',
      'form_username_invalid_character',
      'form_username_invalid_length',
      'form_param_type_invalid',
    ],
    params: ['first_name', 'username', 'username', 'banned'],
  },
  {
    what: 'an address that is no list',
    sent: { json: { email_address: 'a@example.com' } },
    status: 422,
    codes: ['form_param_type_invalid'],
    params: ['email_address'],
  },
  {
    what: 'too many addresses',
    sent: { json: { email_address: Array.from({ length: 101 }, (_, n) => `a${n}@example.com`) } },
    status: 422,
    codes: ['form_param_array_size_exceeded'],
  },
  {
    what: 'statuses that do not match',
    sent: { json: { email_address: ['a@example.com'], email_address_identification_status: ['verified', 'reserved'] } },
    status: 422,
    codes: ['form_param_value_invalid'],
  },
  {
    what: 'a name that is too long',
    sent: { json: { username: 'fine', first_name: 'x'.repeat(257) } },
    status: 422,
    codes: ['form_param_max_length_exceeded'],
  },
  {
    what: 'a name with a NUL',
    sent: { json: { username: 'fine', first_name: 'a\0b' } },
    status: 422,
    codes: ['form_param_format_invalid'],
  },
  {
    what: 'a time that is no time',
    sent: { json: { username: 'fine', created_at: 'yesterday' } },
    status: 422,
    codes: ['form_param_format_invalid'],
  },
  {
    what: 'metadata that is no object',
    sent: { form: { username: 'fine', public_metadata: '[1]' } },
    status: 422,
    codes: ['form_param_type_invalid'],
  },
  {
    what: 'metadata that is no JSON',
    sent: { form: { username: 'fine', public_metadata: '{' } },
    status: 422,
    codes: ['form_param_type_invalid'],
  },
  {
    what: 'metadata over 8 KiB',
    sent: { json: { username: 'fine', unsafe_metadata: { a: 'x'.repeat(8200) } } },
    status: 422,
    codes: ['form_param_exceeds_allowed_size'],
    params: ['unsafe_metadata'],
  },
  {
    what: 'metadata nested too deep',
    sent: { json: { username: 'fine', private_metadata: deep(65) } },
    status: 422,
    codes: ['form_param_exceeds_allowed_size'],
    params: ['private_metadata'],
  },
  {
    what: 'metadata nested absurdly deep',
    sent: {
      raw: `{"username":"fine","public_metadata":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
      headers: json,
    },
    status: 422,
    codes: ['form_param_exceeds_allowed_size'],
  },
  {
    what: 'a password of 7 characters',
    sent: { json: { username: 'fine', password: 'sevenxx' } },
    status: 422,
    codes: ['form_password_length_too_short'],
    params: ['password'],
  },
  {
    what: 'a password of 7 emoji',
    sent: { json: { username: 'fine', password: '🔑'.repeat(7) } },
    status: 422,
    codes: ['form_password_length_too_short'],
  },
  {
    what: 'a password of 73 characters',
    sent: { json: { username: 'fine', password: 'x'.repeat(73) } },
    status: 422,
    codes: ['form_password_length_too_long'],
  },
  {
    what: 'a password of too many bytes, policy or not',
    sent: { json: { username: 'fine', password: 'x'.repeat(1025), skip_password_checks: true } },
    status: 422,
    codes: ['form_password_size_in_bytes_exceeded'],
  },
  {
    what: 'a password that is the address',
    sent: { json: { email_address: ['me.myself@example.com'], password: 'Me.Myself@example.com' } },
    status: 422,
    codes: ['form_password_matches_identifier'],
  },
  {
    what: 'nothing that identifies anybody',
    sent: { json: { first_name: 'Nobody' } },
    status: 422,
    codes: ['form_data_missing'],
  },
  { what: 'no body', sent: {}, status: 422, codes: ['form_data_missing'] },
  { what: 'broken JSON', sent: { raw: '{"username":', headers: json }, status: 400, codes: ['request_body_invalid'] },
  {
    what: 'JSON that is no object',
    sent: { raw: '["username"]', headers: json },
    status: 400,
    codes: ['request_body_invalid'],
  },
  {
    what: 'a content type that is not served',
    sent: { raw: 'username=fine', headers: { 'content-type': 'text/plain' } },
    status: 415,
    codes: ['unsupported_content_type'],
  },
  {
    what: 'a content type that every object has',
    sent: { raw: '{"username":"fine"}', headers: { 'content-type': 'constructor' } },
    status: 415,
    codes: ['unsupported_content_type'],
  },
  {
    what: 'a field that every object has',
    sent: { json: { username: 'fine', constructor: 'x' }, headers: version },
    status: 422,
    codes: ['form_param_unknown'],
    params: ['constructor'],
  },
  {
    what: 'bytes that are no UTF-8',
    sent: { raw: new Uint8Array([0x7b, 0xff, 0x7d]), headers: json },
    status: 400,
    codes: ['request_body_invalid'],
  },
  {
    what: 'an oversized body',
    sent: { json: { username: 'fine', password: 'x'.repeat(1024 * 1024) } },
    status: 413,
    codes: ['request_body_too_large'],
  },
  {
    what: 'an API version that is none',
    sent: { json: { username: 'fine' }, headers: { 'clerk-api-version': 'latest' } },
    status: 400,
    codes: ['api_version_invalid'],
  },
  {
    what: 'an API version in two places',
    sent: { json: { username: 'fine' }, headers: version, query: { __clerk_api_version: '2025-11-10' } },
    status: 400,
    codes: ['api_version_invalid'],
  },
  {
    what: 'no key',
    sent: { json: { username: 'fine' }, headers: { authorization: '' } },
    status: 401,
    codes: ['authentication_invalid'],
  },
  {
    what: 'a wrong key',
    sent: { json: { username: 'fine' }, headers: { authorization: 'Bearer sk_test_wrong' } },
    status: 401,
    codes: ['clerk_key_invalid'],
  },
  {
    what: 'another scheme',
    sent: { json: { username: 'fine' }, headers: { authorization: 'Basic c2s6' } },
    status: 401,
    codes: ['authorization_header_format_invalid'],
  },
]
