import { type ErrorCode, ruleCode } from '@clerk-server/contract'
import type { z } from 'zod'
import { ApiError, type Problem } from '../errors.js'

/**
 * Checks a value against a schema of the contract.
 *
 * @throws ApiError with one problem for each parameter that is wrong.
 */
export function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return result.data
  const problems = result.error.issues.flatMap(toProblems)
  throw new ApiError(problems as [Problem, ...Problem[]])
}

function toProblems(issue: z.core.$ZodIssue): Problem[] {
  const param = paramOf(issue.path)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ code: 'form_param_unknown', param: paramOf([...issue.path, key]) ?? key }))
  }
  const code = codeOf(issue)
  const spoken =
    code === 'form_param_missing'
      ? {}
      : { message: param === undefined ? `the body ${messageOf(issue)}` : messageOf(issue) }
  return [{ code, ...spoken, ...(param !== undefined && { param }) }]
}

/** Parameters go by their own name however deep the fault is in them; in a list, their place stands before it. */
function paramOf([first, second]: PropertyKey[]): string | undefined {
  if (typeof first === 'number') return second === undefined ? `[${first}]` : `[${first}].${String(second)}`
  return first === undefined ? undefined : String(first)
}

function codeOf(issue: z.core.$ZodIssue): ErrorCode {
  if (issue.code === 'custom' && issue.input === undefined) return 'form_param_missing'
  if (issue.code === 'custom') return ruleCode(issue) ?? 'form_param_format_invalid'
  if (issue.code === 'invalid_type') return issue.input === undefined ? 'form_param_missing' : 'form_param_type_invalid'
  if (issue.code === 'invalid_format') return 'form_param_format_invalid'
  if (issue.code === 'too_big') return tooBig[issue.origin] ?? 'form_param_value_invalid'
  return 'form_param_value_invalid'
}

const tooBig: Partial<Record<string, ErrorCode>> = {
  array: 'form_param_array_size_exceeded',
  string: 'form_param_max_length_exceeded',
}

/** zod's sentences begin with what went wrong in its own words; the parameter is named before them. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`
  if (issue.code === 'invalid_type') return `must be of type ${issue.expected}`
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}${unit(issue.origin)}`
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}${unit(issue.origin)}`
  return issue.message
}

const units: Partial<Record<string, string>> = { array: ' items', string: ' characters' }
const unit = (origin: string) => units[origin] ?? ''
