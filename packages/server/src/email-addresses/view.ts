import type { EmailAddressJSON } from '@clerk-server/contract'
import type { StoredIdentification } from '../identifications/proof.js'
import { identificationView } from '../identifications/view.js'

export const emailAddressView = (row: StoredIdentification): EmailAddressJSON => ({
  object: 'email_address',
  email_address: row.value,
  ...identificationView(row),
})
