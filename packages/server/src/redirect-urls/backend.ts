import { ApiError } from '../errors.js'
import type { HandlersUnder } from '../http/mount.js'
import type { Environment } from '../options.js'
import type { Served } from '../unserved.js'
import type { RedirectUrlStore } from './store.js'
import { redirectUrlView } from './view.js'

export const redirectUrlsBackend = (
  redirectUrls: RedirectUrlStore,
  environment: Environment,
): HandlersUnder<Served, 'redirect_urls'> => ({
  'GET /redirect_urls': async ({ query: { paginated, ...page } }) => {
    const data = (await redirectUrls.list(page)).map(redirectUrlView)
    return paginated ? { data, total_count: await redirectUrls.count() } : data
  },

  'GET /redirect_urls/{id}': async ({ params }) => redirectUrlView(await redirectUrls.get(params.id)),

  'POST /redirect_urls': async ({ body: { url } }) => {
    if (environment === 'production' && /^http:/i.test(url)) throw new ApiError('insecure_url', { param: 'url' })
    return redirectUrlView(await redirectUrls.create(url))
  },

  'DELETE /redirect_urls/{id}': async ({ params: { id } }) => {
    await redirectUrls.delete(id)
    return { object: 'redirect_url', id, deleted: true }
  },
})
