import type { HandlersUnder } from '../http/mount.js'
import type { Served } from '../unserved.js'
import { changedTemplate, newTemplate } from './parameters.js'
import type { JWTTemplateStore } from './store.js'
import { jwtTemplateView } from './view.js'

export function jwtTemplatesBackend(templates: JWTTemplateStore): HandlersUnder<Served, 'jwt_templates'> {
  return {
    'GET /jwt_templates': async ({ query: { paginated, ...page } }) => {
      const data = (await templates.list(page)).map(jwtTemplateView)
      return paginated ? { data, total_count: await templates.count() } : data
    },

    'POST /jwt_templates': async ({ body }) => jwtTemplateView(await templates.create(newTemplate(body))),

    'GET /jwt_templates/{template_id}': async ({ params }) => jwtTemplateView(await templates.get(params.template_id)),

    'PATCH /jwt_templates/{template_id}': async ({ params, body }) =>
      jwtTemplateView(await templates.update(params.template_id, (before) => changedTemplate(body, before))),

    'DELETE /jwt_templates/{template_id}': async ({ params }) => {
      await templates.delete(params.template_id)
      return { object: 'jwt_template', id: params.template_id, deleted: true }
    },
  }
}
