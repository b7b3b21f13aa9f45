import { expect } from 'vitest'
import { type Instance, startInstance } from '../support/instance.js'

export async function createUser(server: Instance, json: object): Promise<string> {
  const { status, error, body } = await server.call('POST /users', { json: { skip_user_requirement: true, ...json } })
  expect(status, JSON.stringify(error)).toBe(200)
  return body.id
}

/** How a server answers when it is asked whether a password is right. */
export async function verify(server: Instance, userId: string, password: string) {
  const { status, body, codes } = await server.call('POST /users/{user_id}/verify_password', {
    params: { user_id: userId },
    json: { password },
  })
  return status === 200 ? body : codes
}

export const right = { verified: true }
export const wrong = ['incorrect_password']

/** Memory that nobody else looks into. */
export const inMemory = () => startInstance({ storage: { memory: true } })
