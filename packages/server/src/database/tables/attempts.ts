/** What somebody has proven so far who wants in. Rows go a day after they are abandoned. */

/** An attempt to sign in. Its status follows from what is here, and from the user. */
export interface SignInsTable {
  id: string
  client_id: string
  /** Whom it is about; `null` as long as nobody is named, or where it must not be told that nobody is known by the name. */
  user_id: string | null
  /** As it was given, in the form it is compared in. */
  identifier: string | null
  /** JSON of what proves the first factor, and how far that has come. */
  first_factor: string | null
  second_factor: string | null
  /** The session it ended in. */
  created_session_id: string | null
  abandon_at: number
  created_at: number
  updated_at: number
}

/** An attempt to sign up: the user as far as they are known. */
export interface SignUpsTable {
  id: string
  client_id: string
  email_address: string | null
  /** JSON of what proves the address, and how far that has come. */
  email_address_verification: string | null
  phone_number: string | null
  phone_number_verification: string | null
  username: string | null
  first_name: string | null
  last_name: string | null
  locale: string | null
  /** Until it is the user's. */
  password_digest: string | null
  password_hasher: 'argon2id' | null
  /** Of the invitation. */
  public_metadata: string
  unsafe_metadata: string
  invitation_id: string | null
  legal_accepted_at: number | null
  created_user_id: string | null
  created_session_id: string | null
  abandon_at: number
  created_at: number
  updated_at: number
}
