import { beforeEach, vi } from 'vitest'

/** Lets each test of a file begin without the variables that the SDK reads. */
export function clearEnvironment(): void {
  beforeEach(() => {
    vi.unstubAllEnvs()
    for (const name of Object.keys(process.env)) if (name.startsWith('CLERK_')) vi.stubEnv(name, undefined)
  })
}
