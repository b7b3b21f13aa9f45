import { expect } from 'vitest'
import type { ClientTable } from '../client-table.js'
import { type Client, expectResource, itemsOf } from './client.js'

export const instance: ClientTable<Client>['served'] = {
  'instance.get': {
    operations: ['GET /instance'],
    async run({ clerk }) {
      expectResource(await clerk.instance.get(), 'Instance', {
        id: expect.stringMatching(/^ins_/),
        environmentType: 'development',
      })
    },
  },
  'instance.update': {
    operations: ['PATCH /instance'],
    async run({ clerk }) {
      const allowedOrigins = ['https://app.example.com', 'capacitor://localhost']
      expect(await clerk.instance.update({ allowedOrigins, testMode: true })).toBeFalsy()
      expect(await clerk.instance.get()).toMatchObject({ allowedOrigins })
      await expect(clerk.instance.update({ hibp: true })).rejects.toMatchObject({ status: 422 })
    },
  },
  'instance.updateRestrictions': {
    operations: ['PATCH /instance/restrictions'],
    async run({ clerk }) {
      const changed = await clerk.instance.updateRestrictions({ blocklist: true, blockEmailSubaddresses: false })
      expectResource(changed, 'InstanceRestrictions', {
        blocklist: true,
        allowlist: false,
        blockEmailSubaddresses: false,
      })
    },
  },
  'jwtTemplates.list': {
    operations: ['GET /jwt_templates'],
    async run({ clerk, template }) {
      const { id, name } = await template({ one: 1 })
      const found = itemsOf(await clerk.jwtTemplates.list()).find((one) => one.id === id)
      expectResource(found ?? {}, 'JwtTemplate', { name, claims: { one: 1 } })
    },
  },
  'jwtTemplates.get': {
    operations: ['GET /jwt_templates/{template_id}'],
    async run({ clerk, template }) {
      const { id, name } = await template({ deepKey: { more_deep: 1 } })
      expectResource(await clerk.jwtTemplates.get(id), 'JwtTemplate', {
        id,
        name,
        claims: { deepKey: { more_deep: 1 } },
        lifetime: 60,
        allowedClockSkew: 5,
        customSigningKey: false,
        signingAlgorithm: 'RS256',
      })
    },
  },
  'jwtTemplates.create': {
    operations: ['POST /jwt_templates'],
    async run({ clerk, unique }) {
      const params = {
        name: unique(),
        claims: { aud: 'billing' },
        lifetime: 600,
        allowedClockSkew: 0,
        customSigningKey: true,
        signingAlgorithm: 'HS256',
        signingKey: 'a key of two and thirty characters',
      }
      const { signingKey: _, ...shown } = params
      expectResource(await clerk.jwtTemplates.create(params), 'JwtTemplate', shown)
    },
  },
  'jwtTemplates.update': {
    operations: ['PATCH /jwt_templates/{template_id}'],
    async run({ clerk, template, unique }) {
      const { id: templateId } = await template({ one: 1 })
      const changed = { name: unique(), claims: { two: 2 }, lifetime: 120 }
      expectResource(await clerk.jwtTemplates.update({ templateId, ...changed }), 'JwtTemplate', {
        id: templateId,
        ...changed,
      })
    },
  },
  'jwtTemplates.delete': {
    operations: ['DELETE /jwt_templates/{template_id}'],
    async run({ clerk, template }) {
      const { id } = await template({})
      expect(await clerk.jwtTemplates.delete(id)).toMatchObject({ object: 'jwt_template', id, deleted: true })
      await expect(clerk.jwtTemplates.get(id)).rejects.toMatchObject({ status: 404 })
    },
  },
}
