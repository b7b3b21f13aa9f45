import type { Case, Differs } from '../case.js'
import { absent } from '../difference.js'
import { described } from '../observation.js'
import type { Subject } from '../subjects.js'

/** The classes that 2.6.3 exports, beside `Clerk`. */
export const resources = [
  ...['AllowlistIdentifier', 'Client', 'Email', 'EmailAddress', 'ExternalAccount', 'IdentificationLink'],
  ...['Invitation', 'PhoneNumber', 'Session', 'SMSMessage', 'User', 'Verification'],
]

type Resource = (new (data?: object) => object) & { fromJSON(json: object): object }

const classOf = ({ exports }: Subject, name: string): Resource => exports[name] as Resource

const making = (title: string, make: (subject: Subject) => unknown, differs: Differs = {}): Case => ({
  title,
  observe: async (subject) => ({ made: described(subject, make(subject)) }),
  differs,
})

type HttpErrorClass = new (statusCode: number, message: string, data?: unknown) => Error
type ServerErrorClass = (new (data: object) => object) & { fromJSON(json: object): object }

const httpError = ({ exports }: Subject): Error => {
  const HttpError = exports['HttpError'] as HttpErrorClass
  return new HttpError(418, 'tea', { a: 1 })
}

const serverErrorOf = ({ exports }: Subject): ServerErrorClass => exports['ClerkServerError'] as ServerErrorClass

const wireError = { message: 'is taken', long_message: 'That is taken.', code: 'taken' }

export const classCases: Case[] = [
  ...resources.flatMap((name) => [
    making(`new ${name}()`, (subject) => new (classOf(subject, name))()),
    making(
      `new ${name}() with values, known or not`,
      (subject) => new (classOf(subject, name))({ id: 'x', shoeSize: 40 }),
    ),
    making(`${name}.fromJSON is a function of the class`, (subject) => typeof classOf(subject, name).fromJSON),
    making(`new ${name}() twice gives objects that are equal`, (subject) => {
      const Class = classOf(subject, name)
      return [new Class(), new Class()]
    }),
  ]),
  making(
    'metadata that is changed in one new User, and another new User',
    (subject) => {
      const [first, second] = [new (classOf(subject, 'User'))(), new (classOf(subject, 'User'))()]
      Object.assign(Reflect.get(first, 'publicMetadata') as object, { role: 'admin' })
      const { role } = Reflect.get(second, 'publicMetadata') as { role?: string }
      // Else what is changed here would stay for all that comes after.
      Reflect.deleteProperty(Reflect.get(first, 'publicMetadata') as object, 'role')
      return { role }
    },
    { sharedDefaults: { 'made.role': ['admin', undefined] } },
  ),
  making(
    'the lists that a class has of itself',
    (subject) => ['attributes', 'defaults', 'associations'].map((name) => name in classOf(subject, 'User')),
    { statics: { 'made.0': [true, false], 'made.1': [true, false], 'made.2': [true, false] } },
  ),
  making('HttpError', httpError),
  making('HttpError is an Error', (subject) => {
    const error = httpError(subject)
    return [error instanceof Error, error.message, JSON.parse(JSON.stringify(error)), Object.keys(error)]
  }),
  making('HttpError has a name', (subject) => httpError(subject).name, { errorName: { made: ['Error', 'HttpError'] } }),
  making('ClerkServerError', (subject) => new (serverErrorOf(subject))({ message: 'a', longMessage: 'b', code: 'c' })),
  making('ClerkServerError.fromJSON', (subject) => serverErrorOf(subject).fromJSON(wireError)),
  making('ClerkServerError is no Error', (subject) => serverErrorOf(subject).fromJSON(wireError) instanceof Error),
  making(
    'ClerkServerError.fromJSON of an error with meta',
    (subject) => serverErrorOf(subject).fromJSON({ ...wireError, meta: { param_name: 'a' } }),
    { errorMeta: { 'made.meta': [absent, { paramName: 'a' }] } },
  ),
]
