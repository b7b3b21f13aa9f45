import { randomBytes } from 'node:crypto'
import type { App } from '../http/app.js'
import { listenTo } from '../http/mount.js'
import type { Destinations } from '../redirect-urls/destinations.js'
import { type Component, type PageSettings, page } from './page.js'
import { readRedirects } from './redirects.js'

/** What the pages need of the instance. */
interface Parts {
  publishableKey: string
  publicUrl: () => string
  destinations: Destinations
  settings: { current(): Promise<{ home_url: string | null }> }
}

interface Row {
  path: string
  title: string
  component: Component
}

/** Each of them has further pages below it, which clerk-js tells apart. */
const rows: readonly Row[] = [
  { path: '/sign-in', title: 'Sign in', component: 'SignIn' },
  { path: '/sign-up', title: 'Sign up', component: 'SignUp' },
  { path: '/user', title: 'Your account', component: 'UserProfile' },
]

/** Serves the pages on which people sign up, sign in, and look after their account. */
export function servePages(app: App, { publishableKey, publicUrl, destinations, settings }: Parts): void {
  for (const row of rows) {
    listenTo(app, `GET ${row.path}/*`, async (c) => {
      const url = new URL(c.req.url)
      const { origins, refused } = await readRedirects(url.searchParams, publicUrl(), destinations)
      c.header('Cache-Control', 'no-store')
      c.header('Referrer-Policy', 'strict-origin-when-cross-origin')
      if (refused.length > 0) {
        for (const name of refused) url.searchParams.delete(name)
        return c.redirect(`${folderOf(publicUrl())}${url.pathname}${url.search}`)
      }
      const nonce = randomBytes(16).toString('base64')
      c.header('Content-Security-Policy', contentSecurityPolicy(nonce))
      c.header('X-Frame-Options', 'DENY')
      const { home_url } = await settings.current()
      const folder = folderOf(publicUrl())
      return c.html(
        page({ title: row.title, nonce, settings: settingsOf(row, { publishableKey, folder, home_url, origins }) }),
      )
    })
  }
}

/** The path the server is reached under, where that is not the whole of a host; without a slash at the end. */
const folderOf = (publicUrl: string) => new URL(publicUrl).pathname.replace(/\/+$/, '')

interface Surroundings {
  publishableKey: string
  folder: string
  /** Where people go from here who did not come for anything else: to the application, if that is known. */
  home_url: string | null
  origins: string[]
}

/** Paths, not addresses: a page that is opened by another name of this machine has its cookies under that name. */
function settingsOf(
  { component, path }: Row,
  { publishableKey, folder, home_url, origins }: Surroundings,
): PageSettings {
  const signInUrl = `${folder}/sign-in`
  const home = home_url ?? `${folder}/user`
  return {
    component,
    source: `${folder}/__clerk/npm/@clerk/clerk-js@5/dist/clerk.browser.js`,
    attributes: { 'data-clerk-publishable-key': publishableKey, 'data-clerk-proxy-url': `${folder}/__clerk` },
    options: {
      signInUrl,
      signUpUrl: `${folder}/sign-up`,
      signInFallbackRedirectUrl: home,
      signUpFallbackRedirectUrl: home,
      afterSignOutUrl: signInUrl,
      telemetry: false,
    },
    destinations: home_url === null ? origins : [...new Set([...origins, new URL(home_url).origin])],
    props: { routing: 'path', path: folder + path },
    signInUrl,
  }
}

/**
 * What clerk-js brings without a nonce, with the field that codes are typed into: an empty element, which it fills by
 * script, and a style for browsers that run none.
 */
const stylesOfCodeField = [
  '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  'KQDhUccuEkZUQDnfbVDeY+ev2LZ+73AQR7ro4JppAY8=',
]

/** Our script and what it loads, our styles and those of clerk-js, the Frontend API, and nothing else. */
const contentSecurityPolicy = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'nonce-${nonce}' ${stylesOfCodeField.map((hash) => `'sha256-${hash}'`).join(' ')}`,
    "connect-src 'self'",
    "img-src 'self' data: blob:",
    'worker-src blob:',
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
