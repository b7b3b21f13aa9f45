import { type ErrorBody, type ErrorCode, errors } from '@clerk-server/contract'

/** One thing that is wrong with a request. */
export interface Problem {
  code: ErrorCode
  /** What is wrong and how to mend it; the catalogue's sentence unless given. */
  message?: string
  /** The parameter it is about, as it is called on the wire. */
  param?: string
  /** What else a program can go by. */
  meta?: Record<string, unknown>
  /** Whole seconds after which it is worth to try again (RFC 9110 §10.2.3). */
  retryAfter?: number
}

/** Thrown anywhere while a request is answered; one handler turns it into the error envelope. */
export class ApiError extends Error {
  readonly problems: readonly [Problem, ...Problem[]]

  constructor(code: ErrorCode, details?: Omit<Problem, 'code'>)
  constructor(problems: readonly [Problem, ...Problem[]])
  constructor(first: ErrorCode | readonly [Problem, ...Problem[]], details: Omit<Problem, 'code'> = {}) {
    const problems = typeof first === 'string' ? ([{ code: first, ...details }] as const) : first
    super(problems.map(sentence).join('; '))
    this.name = 'ApiError'
    this.problems = problems
  }

  /** The status of the first problem: the ones that are reported together share it. */
  get status() {
    return errors[this.problems[0].code].status
  }

  /** The longest of the times after which to try again, if one is known. */
  get retryAfter(): number | undefined {
    const times = this.problems.flatMap(({ retryAfter }) => retryAfter ?? [])
    return times.length > 0 ? Math.max(...times) : undefined
  }

  toBody(traceId: string): ErrorBody {
    return {
      errors: this.problems.map((problem) => ({
        code: problem.code,
        message: problem.message ?? errors[problem.code].message,
        long_message: sentence(problem),
        ...metaOf(problem),
      })),
      clerk_trace_id: traceId,
    }
  }
}

function metaOf({ param, meta }: Problem): { meta?: Record<string, unknown> } {
  if (param === undefined && meta === undefined) return {}
  return { meta: { ...(param !== undefined && { param_name: param }), ...meta } }
}

const sentence = ({ code, message = errors[code].message, param }: Problem) =>
  param === undefined ? message : `${param} ${message}`
