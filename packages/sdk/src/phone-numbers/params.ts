export interface CreatePhoneNumberParams extends UpdatePhoneNumberParams {
  userId: string
  /** With its country code, such as `+14155550123`. */
  phoneNumber: string
}

export interface UpdatePhoneNumberParams {
  /** Whether it counts as proven. Default for a new one: `false`. */
  verified?: boolean | null | undefined
  /** Whether it is its user's primary one. Default for a new one: only when it is the first. */
  primary?: boolean | null | undefined
  /** Whether it is a second factor of its user. It must be verified then. */
  reservedForSecondFactor?: boolean | null | undefined
}
