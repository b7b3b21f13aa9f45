import type { Instance } from '../support/instance.js'

/** The calls that tests of JWT templates make over and over, each with what it is about. */

export const create = (server: Instance, json: object) => server.call('POST /jwt_templates', { json })

export const get = (server: Instance, template_id: string) =>
  server.call('GET /jwt_templates/{template_id}', { params: { template_id } })

export const change = (server: Instance, template_id: string, json: object) =>
  server.call('PATCH /jwt_templates/{template_id}', { params: { template_id }, json })

export const mintTo = (server: Instance, session_id: string, template_name: string, json?: object) =>
  server.call('POST /sessions/{session_id}/tokens/{template_name}', {
    params: { session_id, template_name },
    ...(json && { json }),
  })
