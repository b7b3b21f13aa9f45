import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Context } from 'hono'
import { ApiError } from '../errors.js'
import type { App } from '../http/app.js'
import { listenTo } from '../http/mount.js'
import { createDistributions, type Distribution, nearest, type PackageName, packageNames } from './distributions.js'

/** Where the packages for browsers are served from: the address that published pages and libraries derive for them. */
const route = 'GET /__clerk/npm/@clerk/{package}/dist/{file}'

const decompress = promisify(gunzip)

/**
 * Serves clerk-js, and the user interface that its version 6 needs, to pages of any site: these are public scripts, and
 * nothing of them depends on who asks.
 */
export function serveClerkJS(app: App): void {
  const distributions = createDistributions()

  listenTo(app, route, async (c) => {
    // Before anything can be refused: a page of another site is to be told why as well.
    c.header('Access-Control-Allow-Origin', '*')
    c.header('Cross-Origin-Resource-Policy', 'cross-origin')
    const { name, wanted } = packageIn(c.req.param('package') ?? '')
    const installed = await distributions(name)
    const distribution = nearest(wanted, installed)
    if (!distribution) throw notInstalled(name, wanted, installed)
    const file = c.req.param('file') ?? ''
    const content = await distribution.read(file)
    if (!content) {
      const message = `version ${distribution.version} of @clerk/${name} has no file ${file} for browsers`
      throw new ApiError('resource_not_found', { message })
    }
    return send(c, file, distribution.version, content)
  })
}

/** Takes `clerk-js@5` apart. */
function packageIn(text: string): { name: PackageName; wanted: string } {
  const [asked, wanted = 'latest'] = text.split('@')
  const name = packageNames.find((one) => one === asked)
  if (name) return { name, wanted }
  throw new ApiError('resource_not_found', {
    message: `there is no @clerk/${asked} here: what is served is ${packageNames.map((one) => `@clerk/${one}`).join(' and ')}`,
  })
}

function notInstalled(name: PackageName, wanted: string, installed: readonly Distribution[]): ApiError {
  const versions = installed.map(({ version }) => version).join(', ') || 'none'
  return new ApiError('resource_not_found', {
    message: `version ${wanted} of @clerk/${name} is not installed (versions that are: ${versions}); npm install @clerk/${name}@${wanted} beside the server adds it`,
  })
}

/** By its name, a chunk never changes: it has a hash of the build and the version in it. */
const isImmutable = (file: string) => /_[0-9a-f]{6}_\d+\.\d+\.\d+\.js$/.test(file)

async function send(c: Context, file: string, version: string, content: Buffer): Promise<Response> {
  const tag = `W/"${version}"`
  c.header('Cache-Control', isImmutable(file) ? 'public, max-age=31536000, immutable' : 'public, max-age=300')
  c.header('ETag', tag)
  c.header('Vary', 'Accept-Encoding')
  if (names(c.req.header('if-none-match'), tag)) return c.body(null, 304)
  // With its charset, or a browser reads it in that of the page.
  c.header('Content-Type', 'text/javascript; charset=utf-8')
  const takesGzip = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(c.req.header('accept-encoding') ?? '')
  if (takesGzip) c.header('Content-Encoding', 'gzip')
  const body = takesGzip ? content : await decompress(content)
  c.header('Content-Length', String(body.length))
  return c.body(new Uint8Array(body))
}

const names = (header: string | undefined, tag: string) =>
  header?.split(',').some((one) => one.trim() === tag || one.trim() === '*') ?? false
