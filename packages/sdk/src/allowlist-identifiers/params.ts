export interface CreateAllowlistIdentifierParams {
  /** An e-mail address, a phone number with its country code, or `*@example.com` for everybody of a domain. */
  identifier: string
  /** Whether it is told of it by mail or text message. Not for a whole domain. */
  notify?: boolean | null | undefined
}
