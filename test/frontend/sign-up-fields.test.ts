import { expect, test } from 'vitest'
import { startInstance } from '../support/instance.js'
import { visit } from '../support/visitor.js'
import { begin, password, prepare } from './signing-up.js'

const either = 'email_address_or_phone_number'
const names = ['first_name', 'last_name']

test.each([
  [{}, ['email_address', 'password'], names],
  [{ first_name: 'off', last_name: 'required' }, ['email_address', 'last_name', 'password'], []],
  [{ phone_number: 'required' }, ['email_address', 'phone_number', 'password'], names],
  [
    { phone_number: 'optional', email_address: 'optional' },
    [either, 'password'],
    ['email_address', 'phone_number', ...names],
  ],
  [{ email_address: 'optional', username: 'optional' }, ['email_address', 'password'], ['username', ...names]],
  [{ email_address: 'off', username: 'required' }, ['username', 'password'], names],
  [{ password: 'optional' }, ['email_address'], [...names, 'password']],
] as const)('with %j what is required and optional follows', async (settings, required, optional) => {
  const browser = visit(await startInstance({ storage: { memory: true }, settings }))
  const { body } = await begin(browser)
  expect([body.required_fields, body.missing_fields, body.optional_fields]).toEqual([required, required, optional])
})

test('where no identifier is required any of them will do', async () => {
  const settings = { email_address: 'optional', username: 'optional' } as const
  const browser = visit(await startInstance({ storage: { memory: true }, settings }))
  expect((await begin(browser, { username: 'ada_l', password })).body.status).toBe('complete')
})

test('what the instance does not ask for is refused, unless it is empty', async () => {
  const settings = { first_name: 'off' } as const
  const browser = visit(await startInstance({ storage: { memory: true }, settings }))
  for (const param of ['phone_number', 'username', 'first_name']) {
    const value = param === 'phone_number' ? '+4915112345678' : 'ada_l'
    const { status, codes, params } = await begin(browser, { [param]: value })
    expect([status, codes, params]).toEqual([422, ['form_param_unknown'], [param]])
    expect((await begin(browser, { [param]: '' })).status).toBe(200)
  }
  const { codes, params } = await begin(browser, { email_address_or_phone_number: '+4915112345678' })
  expect([codes, params]).toEqual([['form_param_unknown'], ['phone_number']])
})

test('ways to sign up that are not served are refused by name', async () => {
  const browser = visit(await startInstance({ storage: { memory: true } }))
  for (const [form, code, param] of [
    [{ strategy: 'oauth_google' }, 'form_param_value_invalid', 'strategy'],
    [{ strategy: 'email_link' }, 'form_param_value_invalid', 'strategy'],
    [{ web3_wallet: '0x0' }, 'form_param_unknown', 'web3_wallet'],
    [{ token: 'x' }, 'form_param_unknown', 'token'],
    [{ strategy: 'ticket' }, 'form_conditional_param_missing', 'ticket'],
  ] as const) {
    const { status, codes, params } = await begin(browser, form)
    expect([status, codes, params]).toEqual([422, [code], [param]])
  }
  const transferred = await begin(browser, { transfer: true })
  expect([transferred.status, transferred.codes]).toEqual([400, ['account_transfer_invalid']])
  const { body } = await begin(browser)
  const prepared = await prepare(browser, body.id, 'email_link')
  expect([prepared.status, prepared.codes, prepared.params]).toEqual([422, ['form_param_value_invalid'], ['strategy']])
})

test('what is not well-formed is refused by name, and nothing is begun', async () => {
  const browser = visit(await startInstance({ storage: { memory: true }, settings: { username: 'optional' } }))
  for (const [form, code] of [
    [{ email_address: 'ada' }, 'form_param_format_invalid'],
    [{ email_address: 'ada@exa\0mple.com' }, 'form_param_format_invalid'],
    [{ username: 'a' }, 'form_username_invalid_length'],
    [{ username: 'ada lovelace' }, 'form_username_invalid_character'],
    [{ first_name: 'A'.repeat(257) }, 'form_param_max_length_exceeded'],
    [{ first_name: 'A\0' }, 'form_param_format_invalid'],
    [{ unsafe_metadata: '[]' }, 'form_param_type_invalid'],
    [{ unsafe_metadata: { a: 'x'.repeat(9000) } }, 'form_param_exceeds_allowed_size'],
    [{ legal_accepted: 'perhaps' }, 'form_param_type_invalid'],
    [{ ticket: 'x'.repeat(5000) }, 'form_param_max_length_exceeded'],
  ] as const) {
    const { status, codes, params, client } = await begin(browser, form)
    expect([status, codes, params]).toEqual([422, [code], Object.keys(form)])
    expect(client?.sign_up ?? null).toBeNull()
  }
})
