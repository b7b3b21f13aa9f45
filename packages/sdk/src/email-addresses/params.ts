export interface CreateEmailAddressParams extends UpdateEmailAddressParams {
  userId: string
  emailAddress: string
}

export interface UpdateEmailAddressParams {
  /** Whether it counts as proven. Default for a new one: `false`. */
  verified?: boolean | null | undefined
  /** Whether it is its user's primary one. Default for a new one: only when it is the first. */
  primary?: boolean | null | undefined
  /** Sends a mail to the address that was primary until now. Default: `false`. */
  notifyPrimaryEmailAddressChanged?: boolean | null | undefined
}
