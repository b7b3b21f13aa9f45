import { ApiError } from '../errors.js'
import type { Address } from './requirements.js'

/** The code that proves an address. */
export const strategyOf = { email_address: 'email_code', phone_number: 'phone_code' } as const satisfies Record<
  Address,
  string
>

export type CodeStrategy = (typeof strategyOf)[Address]

/** What a code proves. */
export const addressOf = { email_code: 'email_address', phone_code: 'phone_number' } as const satisfies Record<
  CodeStrategy,
  Address
>

/** @throws ApiError `strategy_for_user_invalid` */
export function requireAddress(value: string | null, strategy: CodeStrategy): string {
  if (value !== null) return value
  throw new ApiError('strategy_for_user_invalid', {
    param: 'strategy',
    message: `asks for a code, and there is no ${addressOf[strategy]} yet that one could be sent to`,
  })
}
