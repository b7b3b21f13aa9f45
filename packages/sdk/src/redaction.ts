/** What a secret looks like in a text: a JWT, the credentials of an Authorization header, a key of an instance. */
const secrets: readonly RegExp[] = [
  /\beyJ[\w-]*\.[\w-]*\.?[\w-]*/g,
  /(?<=\bbearer\s+)[^\s'",]+/gi,
  /\b(?:sk_|test_|live_)\w+/g,
]

/** The text without the tokens and keys in it. */
export function redact(text: string): string {
  return secrets.reduce((clean, secret) => clean.replace(secret, '[redacted]'), text)
}
