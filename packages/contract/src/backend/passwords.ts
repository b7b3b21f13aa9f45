import { z } from 'zod'
import * as field from '../fields.js'
import { rule } from '../rules.js'

/** Ways a digest that comes from somewhere else may have been made. */
export const passwordHashers = [
  'argon2i',
  'argon2id',
  'bcrypt',
  'bcrypt_peppered',
  'bcrypt_sha256_django',
  'ldap_ssha',
  'md5',
  'md5_phpass',
  'pbkdf2_sha1',
  'pbkdf2_sha256',
  'pbkdf2_sha256_django',
  'pbkdf2_sha512',
  'pbkdf2_sha512_hex',
  'phpass',
  'scrypt_firebase',
  'scrypt_werkzeug',
  'sha256',
  'sha512_symfony',
] as const

/** There is no digest in an `awscognito` one: it names a pool of users, and AWS is asked whether a password is right. */
const PasswordHasher = z
  .string()
  .refine(
    (value) => value !== 'awscognito',
    rule('form_param_value_invalid', 'cannot be awscognito: only AWS could verify it, and this server asks nobody'),
  )
  .meta({ enum: passwordHashers })
  .pipe(z.enum(passwordHashers))

/** Text as somebody types it. Half a character could not be told from the half of another once it is in bytes. */
export const PasswordText = z
  .string()
  .refine((value) => !/\p{Surrogate}/u.test(value), rule('form_param_format_invalid', 'must be well-formed Unicode'))

/** A password, or what another system kept of one. */
export const password = {
  password: PasswordText.nullish(),
  password_digest: field.Text(1024).nullish(),
  password_hasher: PasswordHasher.nullish(),
  skip_password_checks: z.boolean().nullish(),
}

/** What can be wrong with it. */
export const passwordErrors = [
  'form_conditional_param_disallowed',
  'form_conditional_param_missing',
  'form_password_digest_invalid_code',
  'form_password_length_too_long',
  'form_password_length_too_short',
  'form_password_matches_identifier',
  'form_password_pwned',
  'form_password_size_in_bytes_exceeded',
] as const
