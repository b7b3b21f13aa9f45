/** The keys that applications call with. */
export interface SecretKeysTable {
  id: string
  name: string
  /** SHA-256, in hex, of the secret without its prefix. */
  hash: string
  /** The last four characters, for people to tell keys apart. */
  hint: string
  /** The secret without its prefix, sealed where there is an encryption key: of a test key that is in force, never of a live one. */
  readable: string | null
  created_at: number
  revoked_at: number | null
}

/** The key pairs that tokens are signed with. A row is in the key set from the moment it is written. */
export interface SigningKeysTable {
  kid: string
  /** SPKI (PEM). It is never sealed: a server needs no encryption key to recognise a token. */
  public_key: string
  /** PKCS #8 (PEM), sealed where there is an encryption key; none once the key is out of the key set. */
  private_key: string | null
  created_at: number
  /** From when on it signs, unless a key signs that begins later. */
  signs_from: number
  /** When it leaves the key set; never, while it has no successor. */
  published_until: number | null
  /** Until when this server recognises what it signed. */
  accepted_until: number | null
}
