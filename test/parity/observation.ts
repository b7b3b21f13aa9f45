import type { Case, Differs } from './case.js'
import type { Answer, Recorder, Sent } from './recorder.js'
import type { Constructor, Subject } from './subjects.js'

/** A call of a sub-API, such as `users.getUser`. */
export interface Call {
  operation: string
  /** Made anew for each subject, because a subject may change them. */
  args: () => unknown[]
  answer: Answer
  httpOptions?: object
  /** Where the API is said to be. Default: at the recorder. */
  serverApiUrl?: string
  /** What follows the address of the API. Default: nothing. */
  base?: string
}

/** All that can be seen of a call from outside. */
export interface Observation {
  sent: unknown[]
  outcome: { value: unknown } | { error: unknown }
  /** The arguments as they are after the call. */
  args: unknown
}

/** A case that is one call. */
export const calling = (title: string, call: Call, differs: Differs = {}): Case => ({
  title,
  observe: (subject, recorder) => observe(subject, recorder, call),
  differs,
})

/** Makes the call with a new instance of the subject. */
export async function observe(subject: Subject, recorder: Recorder, call: Call): Promise<Observation> {
  const { operation, args, answer, httpOptions = {}, base = '', serverApiUrl = recorder.url + base } = call
  recorder.answerWith(answer)
  const [api = '', method = ''] = operation.split('.')
  const given = args()
  const outcome = await outcomeOf(subject, async () => {
    const clerk = new subject.Clerk({ apiKey: 'test_key', serverApiUrl, httpOptions: { retry: 0, ...httpOptions } })
    return clerk[api]?.[method]?.(...given)
  })
  return { sent: recorder.sent().map(comparable), outcome, args: described(subject, given) }
}

export const outcomeOf = (subject: Subject, run: () => Promise<unknown>): Promise<Observation['outcome']> =>
  run().then(
    (value) => ({ value: described(subject, value) }),
    (error: unknown) => ({ error: describedError(subject, error) }),
  )

/** Headers that belong to a connection and not to a request, or that follow from others. */
const ofTheConnection = ['connection', 'host', 'content-length', 'transfer-encoding']

/** A request without what has to differ: the names of the two packages. */
function comparable({ headers, ...request }: Sent): unknown {
  const names = Object.keys(headers).filter((name) => !ofTheConnection.includes(name))
  const compared = Object.fromEntries(names.map((name) => [name, headers[name]]))
  return { ...request, headers: { ...compared, 'user-agent': headers['user-agent']?.replace(introduction, 'the SDK') } }
}

const introduction =
  /^@clerk\/clerk-sdk-node\/\d+\.\d+\.\d+(?= |$)( \(https:\/\/github\.com\/clerkinc\/clerk-sdk-node\))?/

/** The name of an object's class under this key, which no JSON has. */
const className = '(class)'

/**
 * A value as plain objects and arrays with own enumerable properties only, each with the name of its class. A class is
 * known by its name only when the subject exports it under that.
 */
export function described(subject: Subject, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => described(subject, item))
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof URL) return { [className]: 'URL', href: value.href }
  if (value instanceof Error) return describedError(subject, value)
  const name = nameOf(subject, value)
  const properties = Object.entries(value).map(([key, content]) => [key, described(subject, content)])
  return { ...(name !== undefined && { [className]: name }), ...Object.fromEntries(properties) }
}

function nameOf({ exports }: Subject, value: object): string | undefined {
  const { constructor: Class } = value
  if (Class === undefined || Class === Object) return undefined
  return exports[Class.name] === Class ? Class.name : `${Class.name}, which is not exported`
}

/** An error by what programs look at. A subclass of `HttpError` is one. */
function describedError(subject: Subject, error: unknown): unknown {
  if (!(error instanceof Error)) return { thrown: error }
  const isHttpError = error instanceof (subject.exports['HttpError'] as Constructor)
  return {
    [className]: isHttpError ? 'HttpError' : error.name,
    message: error.message,
    ...Object.fromEntries(Object.entries(error).map(([key, content]) => [key, described(subject, content)])),
  }
}
