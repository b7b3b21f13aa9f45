import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** The packages that a browser loads: clerk-js, and the user interface that its version 6 has in a package of its own. */
export const packageNames = ['clerk-js', 'ui'] as const
export type PackageName = (typeof packageNames)[number]

/** What one version of such a package has for browsers. */
export interface Distribution {
  version: string
  /** A file of its `dist`, compressed with gzip; nothing where it has no such file. */
  read(file: string): Promise<Buffer | undefined>
}

/** The versions of a package that are there, the one that is built in first. */
export type Distributions = (name: PackageName) => Promise<readonly Distribution[]>

/** Looks for them when they are first asked for: no start waits for that. */
export function createDistributions(): Distributions {
  const found = new Map<PackageName, Promise<Distribution[]>>()
  return (name) => {
    const distributions = found.get(name) ?? find(name)
    found.set(name, distributions)
    return distributions
  }
}

/** Made when the server is built (`tsdown.config.ts`): version 5, laid out as its package is. */
const builtIn = fileURLToPath(new URL('clerk-js', import.meta.url))

/** What is installed beside the server counts where it is of a major version that is not built in. */
async function find(name: PackageName): Promise<Distribution[]> {
  const folders = createRequire(import.meta.url).resolve.paths('@clerk/clerk-js') ?? []
  const installed = folders.map((folder) => join(folder, '@clerk', name))
  const candidates = name === 'clerk-js' ? [builtIn, ...installed] : installed
  const distributions: Distribution[] = []
  for (const folder of candidates.filter((one) => existsSync(join(one, 'package.json')))) {
    const distribution = await open(folder)
    if (!distributions.some(({ version }) => majorOf(version) === majorOf(distribution.version))) {
      distributions.push(distribution)
    }
  }
  return distributions
}

const compress = promisify(gzip)

async function open(folder: string): Promise<Distribution> {
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }
  const dist = join(folder, 'dist')
  const names = new Set(await readdir(dist))
  const compressed = new Map<string, Promise<Buffer>>()
  const load = (file: string) =>
    names.has(`${file}.gz`)
      ? readFile(join(dist, `${file}.gz`))
      : readFile(join(dist, file)).then((text) => compress(text))

  return {
    version,
    async read(file) {
      // A name that the folder has is no way out of it.
      if (!file.endsWith('.js') || !(names.has(file) || names.has(`${file}.gz`))) return undefined
      const content = compressed.get(file) ?? load(file)
      compressed.set(file, content)
      return content
    },
  }
}

/**
 * The version that comes nearest to what was asked for: the same major version; the oldest there is for one that is older
 * still, since pages load it the same way; the first for what names no number, such as `latest`.
 *
 * @param wanted what stands after the @ of the package, such as `5`, `^5.92.0` or `latest`
 */
export function nearest(wanted: string, distributions: readonly Distribution[]): Distribution | undefined {
  const major = majorOf(wanted)
  if (major === undefined) return distributions[0]
  const same = distributions.find(({ version }) => majorOf(version) === major)
  const oldest = distributions.toSorted(
    (one, other) => Number(majorOf(one.version)) - Number(majorOf(other.version)),
  )[0]
  return same ?? (oldest && major < Number(majorOf(oldest.version)) ? oldest : undefined)
}

function majorOf(version: string): number | undefined {
  const digits = /^[\^~=v]*(\d+)/.exec(version)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
