export interface CreateSMSMessageParams {
  message: string
  /** The id of the number that it goes to, which is one of a user's. */
  phoneNumberId: string
}
