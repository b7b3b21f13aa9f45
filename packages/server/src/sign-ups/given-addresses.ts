import { EmailAddressText, PhoneNumberText } from '@clerk-server/contract'
import { z } from 'zod'
import { check } from '../http/check.js'
import type { Address } from './requirements.js'

interface Given {
  email_address?: string | null | undefined
  phone_number?: string | null | undefined
  /** Unchecked, because only now it is seen which of the two it is. */
  email_address_or_phone_number?: string | null | undefined
}

/**
 * The addresses that are given, each with the kind it is of; `null` for one that is taken back.
 *
 * @throws ApiError `form_param_format_invalid`
 */
export function givenAddresses({ email_address_or_phone_number: either, ...given }: Given): [Address, string | null][] {
  const named = Object.entries({ ...given, ...(either != null && identified(either)) })
  return named.filter((pair): pair is [Address, string | null] => pair[0] in schemas && pair[1] !== undefined)
}

const schemas = { email_address: EmailAddressText, phone_number: PhoneNumberText }

function identified(either: string): Partial<Record<Address, string>> {
  const address = either.includes('@') ? 'email_address' : 'phone_number'
  const { email_address_or_phone_number: value } = check(
    z.object({ email_address_or_phone_number: schemas[address] }),
    { email_address_or_phone_number: either },
  )
  return { [address]: value }
}
