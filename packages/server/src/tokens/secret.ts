import { createHash, randomBytes } from 'node:crypto'

/** A text of 256 random bits for somebody to show again; only its {@link secretDigest} is kept. */
export const newSecret = () => randomBytes(32).toString('base64url')

/** SHA-256 in hex. It needs no salt: what it is made of cannot be guessed. */
export const secretDigest = (secret: string) => createHash('sha256').update(secret).digest('hex')
