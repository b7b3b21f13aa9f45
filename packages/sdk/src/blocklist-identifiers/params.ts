export interface CreateBlocklistIdentifierParams {
  /** An e-mail address, a phone number with its country code, or `*@example.com` for everybody of a domain. */
  identifier: string
}
