import type { PhoneNumberJSON } from '@clerk-server/contract'
import type { StoredIdentification } from '../identifications/proof.js'
import { identificationView } from '../identifications/view.js'

export const phoneNumberView = (row: StoredIdentification): PhoneNumberJSON => ({
  object: 'phone_number',
  phone_number: row.value,
  reserved_for_second_factor: row.reserved_for_second_factor === 1,
  default_second_factor: row.default_second_factor === 1,
  ...identificationView(row),
})
