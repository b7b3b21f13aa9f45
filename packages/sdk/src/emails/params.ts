export interface CreateEmailParams {
  /** The part of the sender in front of the `@`; what follows is the domain of the instance. */
  fromEmailName: string
  subject: string
  /** HTML. */
  body: string
  /** The id of the address that it goes to, which is one of a user's. */
  emailAddressId: string
}
