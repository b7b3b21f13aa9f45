import { z } from 'zod'
import * as field from '../fields.js'
import { table } from '../route.js'
import { AppUrl } from '../urls.js'
import { Deleted, Paginated } from './objects.js'

const RedirectUrl = z
  .object({
    object: z.literal('redirect_url'),
    id: field.Id,
    url: z.string(),
    created_at: field.Timestamp,
    updated_at: field.Timestamp,
  })
  .meta({ id: 'RedirectURL' })

export type RedirectUrlJSON = z.output<typeof RedirectUrl>

export const redirectUrls = table({
  'GET /redirect_urls': {
    summary: 'List the URLs that a browser may be sent to, the newest first',
    query: z.object({ paginated: z.boolean().default(false), ...field.Page }),
    returns: z.union([z.array(RedirectUrl), Paginated(RedirectUrl)]),
  },
  'GET /redirect_urls/{id}': { summary: 'Read a redirect URL', returns: RedirectUrl, errors: ['resource_not_found'] },
  'POST /redirect_urls': {
    summary: 'Let a browser be sent to a URL',
    body: z.object({ url: AppUrl }),
    returns: RedirectUrl,
    errors: ['duplicate_record', 'insecure_url'],
  },
  'DELETE /redirect_urls/{id}': {
    summary: 'Take a URL off the list of those that a browser may be sent to',
    returns: Deleted('redirect_url'),
    errors: ['resource_not_found'],
  },
})
