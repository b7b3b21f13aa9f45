import type { ServerOptions } from 'clerk-server'
import { expect } from 'vitest'
import { type Instance, type StorageKind, startFresh } from '../support/instance.js'
import type { Visitor } from '../support/visitor.js'

/** The calls by which a browser signs up, as published browser clients make them: every value is in a form. */

export const password = 'correct horse battery staple'

/** A server whose codes are 000001, 000002, and so on. */
export function startSigningUp(kind: StorageKind, options: Partial<ServerOptions> = {}) {
  let made = 0
  return startFresh(kind, { random: () => ++made, ...options })
}

export const begin = (browser: Visitor, form: Record<string, unknown> = {}) =>
  browser.call('POST /client/sign_ups', { form })

export const proceed = (browser: Visitor, sign_up_id: string, form: Record<string, unknown>) =>
  browser.call('PATCH /client/sign_ups/{sign_up_id}', { params: { sign_up_id }, form })

export const prepare = (browser: Visitor, sign_up_id: string, strategy = 'email_code') =>
  browser.call('POST /client/sign_ups/{sign_up_id}/prepare_verification', {
    params: { sign_up_id },
    form: { strategy },
  })

export const attempt = (browser: Visitor, sign_up_id: string, code: string, strategy = 'email_code') =>
  browser.call('POST /client/sign_ups/{sign_up_id}/attempt_verification', {
    params: { sign_up_id },
    form: { strategy, code },
  })

/** An attempt to which only the code is missing, which was sent. */
export async function begun(browser: Visitor, email_address: string, form: Record<string, unknown> = {}) {
  const { body, codes } = await begin(browser, { email_address, password, strategy: 'email_code', ...form })
  expect(codes).toEqual([])
  return body
}

/** Whoever has the address, which is one for tests, signs up. */
export async function signedUp(browser: Visitor, email_address: string, form: Record<string, unknown> = {}) {
  const { id } = await begun(browser, email_address, form)
  const answer = await attempt(browser, id, '424242')
  expect([answer.codes, answer.body.status]).toEqual([[], 'complete'])
  return answer
}

export async function invite(instance: Instance, email_address: string, json: object = {}) {
  const { body, codes } = await instance.call('POST /invitations', { json: { email_address, ...json } })
  expect(codes).toEqual([])
  return { ...body, ticket: new URL(body.url ?? '').searchParams.get('ticket') ?? '' }
}
