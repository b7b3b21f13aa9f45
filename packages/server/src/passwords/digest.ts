/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }

/** Hashes a password off the event loop, into the PHC string form, which names its own algorithm and parameters. */
export async function digestPassword(password: string): Promise<string> {
  const { hash } = await import('@node-rs/argon2')
  return hash(password, parameters)
}
