import { camelCased, isObject, type JSONObject } from '../json.js'
import { Logger } from '../logger.js'
import { Session } from '../sessions/session.js'
import { Token } from '../sessions/token.js'
import { User } from '../users/user.js'

/** What an object of the API becomes, by its `object`. */
interface Resources {
  session: Session
  token: Token
  total_count: number
  user: User
}

const resources: { [Name in keyof Resources]: (json: JSONObject) => Resources[Name] } = {
  session: Session.fromJSON,
  token: Token.fromJSON,
  total_count: (json) => Number(json['total_count']),
  user: User.fromJSON,
}

/** What the answer of a route becomes: {@link deserialize} as a type. */
export type Resource<JSON> = JSON extends readonly (infer Item)[]
  ? Resource<Item>[]
  : JSON extends { data: readonly (infer Item)[]; total_count: number }
    ? Resource<Item>[]
    : JSON extends { object: infer Name extends keyof Resources }
      ? Resources[Name]
      : never

/**
 * JSON of the API as resources. A list stays an array, also when it came as a page with its total, which is then to be
 * had from the hidden property `totalCount`. An object of a kind that this version does not know becomes a plain object
 * with names in camelCase.
 */
export function deserialize(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(deserialize)
  if (!isObject(json)) return json
  const { object, data, total_count: totalCount } = json
  if (Array.isArray(data) && typeof totalCount === 'number') {
    return Object.defineProperty(data.map(deserialize), 'totalCount', { value: totalCount })
  }
  if (isKnown(object)) return resources[object](json)
  Logger.error(`Unexpected object type: ${object}`)
  return camelCased(json)
}

const isKnown = (object: unknown): object is keyof Resources =>
  typeof object === 'string' && Object.hasOwn(resources, object)
