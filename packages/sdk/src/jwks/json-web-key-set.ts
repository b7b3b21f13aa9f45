/** The public keys that session tokens are signed with: an object of the form of RFC 7517. */
export interface JSONWebKeySet {
  keys: JSONWebKey[]
}

/** A public key of RSA. */
export interface JSONWebKey {
  /** What tokens that are signed with it have in their header. */
  kid: string
  kty: string
  use: string
  alg: string
  /** The modulus in base64url. */
  n: string
  /** The exponent in base64url. */
  e: string
}
