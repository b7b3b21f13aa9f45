import type { Route } from '@clerk-server/contract'
import type { Context } from 'hono'
import { ApiError } from '../errors.js'
import type { ApiVersion } from './api-version.js'
import { readBody } from './body.js'
import { check } from './check.js'
import { type Decoded, decodePairs } from './decode.js'
import { type WireFields, wireFields } from './wire-fields.js'

/** What a request of a route asks for, checked; `undefined` for a part that the route does not have. */
interface ParametersReader {
  readQuery: ((c: Context, version: ApiVersion) => unknown) | undefined
  readBody: ((c: Context, version: ApiVersion) => Promise<unknown>) | undefined
}

/** Prepares, once, how the parameters of a route are read. */
export function parametersReader(route: Route): ParametersReader {
  const refuse = refuser(route)
  return {
    readQuery: route.query && queryReader(route.query, refuse),
    readBody: route.body && bodyReader(route.body, renamer(route), refuse),
  }
}

function queryReader(schema: NonNullable<Route['query']>, refuse: Refuse) {
  const fields = wireFields(schema)
  return (c: Context, { version }: ApiVersion) => check(schema, refuse(decodeQuery(c, fields), version))
}

function bodyReader(open: NonNullable<Route['body']>, rename: (values: Decoded) => Decoded, refuse: Refuse) {
  const isList = open.type === 'array'
  const closed = isList ? open.clone({ ...open.def, element: open.element.strict() }) : open.strict()
  const fields = wireFields(isList ? open.element : open)

  return async (c: Context, { version, announced }: ApiVersion) => {
    const { values, format } = await readBody(c, isList ? 'list' : 'object', fields)
    const named = Array.isArray(values) ? values : refuse(rename(values), version)
    // Clients that name a version are held to it; the older ones send what they like, forms above all.
    return check(announced && format === 'json' ? closed : open, named)
  }
}

function decodeQuery(c: Context, fields: WireFields): Decoded {
  const { url } = c.req
  const start = url.indexOf('?')
  if (start === -1) return {}
  const pairs = new URL(url).searchParams
  if ([...pairs.values()].some((value) => value.includes('\0'))) {
    throw new ApiError('malformed_request_parameters', { message: 'the query string must not contain NUL characters' })
  }
  return decodePairs(pairs, fields, 'query')
}

/** Gives parameters that go by another name the one the schema has. */
function renamer({ aliases = {} }: Route): (values: Decoded) => Decoded {
  const names = new Map(Object.entries(aliases))
  return (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [names.get(name) ?? name, value]))
}

type Refuse = (values: Decoded, version: string) => Decoded

/** Throws at the first parameter that the route does not take (any more), and gives the others back. */
function refuser({ refuses = [], removed = {} }: Route): Refuse {
  const unserved = new Set(refuses)
  const removedIn = new Map(Object.entries(removed))
  return (values, version) => {
    for (const param of Object.keys(values)) {
      if (unserved.has(param)) {
        throw new ApiError('form_param_unknown', { param, message: 'is not supported by this server' })
      }
      const end = removedIn.get(param)
      if (end !== undefined && version >= end) {
        throw new ApiError('form_param_unknown', { param, message: `is not a parameter since API version ${end}` })
      }
    }
    return values
  }
}
