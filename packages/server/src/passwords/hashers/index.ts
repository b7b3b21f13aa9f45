import type { passwordHashers } from '@clerk-server/contract'
import { argon2i, argon2id } from './argon2.js'
import { bcrypt, bcryptPeppered, bcryptSha256Django } from './bcrypt.js'
import type { Hasher } from './hasher.js'
import { pbkdf2Sha1, pbkdf2Sha256, pbkdf2Sha256Django, pbkdf2Sha512, pbkdf2Sha512Hex } from './pbkdf2.js'
import { md5Phpass, phpass } from './phpass.js'
import { scryptFirebase, scryptWerkzeug } from './scrypt.js'
import { ldapSsha, md5, sha256, sha512Symfony } from './simple.js'

export type HasherName = (typeof passwordHashers)[number]

/** Every way a digest may have been made, by the name the API has for it. */
export const hashers: Record<HasherName, Hasher> = {
  argon2i,
  argon2id,
  bcrypt,
  bcrypt_peppered: bcryptPeppered,
  bcrypt_sha256_django: bcryptSha256Django,
  ldap_ssha: ldapSsha,
  md5,
  md5_phpass: md5Phpass,
  pbkdf2_sha1: pbkdf2Sha1,
  pbkdf2_sha256: pbkdf2Sha256,
  pbkdf2_sha256_django: pbkdf2Sha256Django,
  pbkdf2_sha512: pbkdf2Sha512,
  pbkdf2_sha512_hex: pbkdf2Sha512Hex,
  phpass,
  scrypt_firebase: scryptFirebase,
  scrypt_werkzeug: scryptWerkzeug,
  sha256,
  sha512_symfony: sha512Symfony,
}
