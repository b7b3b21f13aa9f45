import { expect } from 'vitest'
import type { Instance } from '../support/instance.js'

/** The calls that tests of addresses make over and over, each with what it is about. */

export async function createUser(server: Instance, json: object) {
  const answer = await server.call('POST /users', { json })
  expect(answer).toMatchObject({ status: 200, codes: [] })
  return answer.body
}

export const readUser = async (server: Instance, user_id: string) =>
  (await server.call('GET /users/{user_id}', { params: { user_id } })).body

export const addEmail = (server: Instance, json: object) => server.call('POST /email_addresses', { json })

export const addPhone = (server: Instance, json: object) => server.call('POST /phone_numbers', { json })

export const patchEmail = (server: Instance, email_address_id: string, json: object) =>
  server.call('PATCH /email_addresses/{email_address_id}', { params: { email_address_id }, json })

export const patchPhone = (server: Instance, phone_number_id: string, json: object) =>
  server.call('PATCH /phone_numbers/{phone_number_id}', { params: { phone_number_id }, json })

export const deleteEmail = (server: Instance, email_address_id: string) =>
  server.call('DELETE /email_addresses/{email_address_id}', { params: { email_address_id } })

export const deletePhone = (server: Instance, phone_number_id: string) =>
  server.call('DELETE /phone_numbers/{phone_number_id}', { params: { phone_number_id } })

export const putEmail = (server: Instance, user_id: string, json: object) =>
  server.call('PUT /users/{user_id}/email_address', { params: { user_id }, json })

export const putPhone = (server: Instance, user_id: string, json: object) =>
  server.call('PUT /users/{user_id}/phone_number', { params: { user_id }, json })
