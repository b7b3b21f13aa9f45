import type { ServerOptions } from 'clerk-server'
import { TOTP } from 'otpauth'
import { expect } from 'vitest'
import { type Instance, type StorageKind, startFresh } from '../support/instance.js'
import { messagesIn } from '../support/rows.js'
import type { Visitor } from '../support/visitor.js'

/** The calls by which a browser signs in, as published browser clients make them: every value is in a form. */

export const password = 'correct horse battery staple'
export const ada = { email_address: ['ada@example.com'], password }
/** A code of nobody: the codes of {@link startSigningIn} are 000001, 000002, and so on. */
export const wrongCode = '999999'

export function startSigningIn(kind: StorageKind, options: Partial<ServerOptions> = {}) {
  let made = 0
  return startFresh(kind, { random: (end) => ++made % end, ...options })
}

export async function createUser(instance: Instance, json: object = ada) {
  const { body, codes } = await instance.call('POST /users', { json })
  expect(codes).toEqual([])
  return body
}

export const begin = (browser: Visitor, form: Record<string, unknown> = { identifier: 'ada@example.com' }) =>
  browser.call('POST /client/sign_ins', { form })

/** An attempt of whoever it names, of which nothing is proven yet. */
export async function begun(browser: Visitor, identifier = 'ada@example.com') {
  const { body, codes } = await begin(browser, { identifier })
  expect([codes, body.status]).toEqual([[], 'needs_first_factor'])
  return body
}

const step =
  <const Step extends string>(name: Step) =>
  (browser: Visitor, sign_in_id: string, form: Record<string, unknown>) =>
    browser.call(`POST /client/sign_ins/{sign_in_id}/${name as Name}`, { params: { sign_in_id }, form })

type Name = 'attempt_first_factor'

export const prepareFirst = step('prepare_first_factor')
export const attemptFirst = step('attempt_first_factor')
export const prepareSecond = step('prepare_second_factor')
export const attemptSecond = step('attempt_second_factor')
export const resetPassword = step('reset_password')

/** Somebody is in, with their password. */
export async function signedIn(browser: Visitor, identifier = 'ada@example.com') {
  const answer = await begin(browser, { identifier, password })
  expect([answer.codes, answer.body.status]).toEqual([[], 'complete'])
  return answer
}

/** The code that was sent last. */
export async function sentCode({ storage }: Awaited<ReturnType<typeof startSigningIn>>): Promise<string> {
  const message = (await messagesIn(storage)).at(-1)
  return /\b\d{6}\b/.exec(message?.body_plain ?? message?.body ?? '')?.[0] ?? 'no code was sent'
}

/** An authenticator application that everybody may have. */
export const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

/** The code that it shows at a moment, in milliseconds. */
export const totpCode = (timestamp: number) => new TOTP({ secret: totpSecret }).generate({ timestamp })
