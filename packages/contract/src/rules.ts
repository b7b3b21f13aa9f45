import type { z } from 'zod'
import type { ErrorCode } from './errors.js'

/** The options of a zod check that fails with one code of the catalogue; read back by {@link ruleCode}. */
export const rule = (code: ErrorCode, message: string) => ({ message, params: { code } })

/** The code a failed check was given by {@link rule}; `undefined` when the check was zod's own. */
export function ruleCode(issue: z.core.$ZodIssue): ErrorCode | undefined {
  return issue.code === 'custom' ? (issue.params?.['code'] as ErrorCode | undefined) : undefined
}
