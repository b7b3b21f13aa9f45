import { randomBytes } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { ApiError } from '../errors.js'
import type { App, AppEnv } from '../http/app.js'
import { readBody } from '../http/body.js'
import { listenTo } from '../http/mount.js'
import type { RecentRequests } from '../http/recent-requests.js'
import type { ApplicationKeys, Environment } from '../options.js'
import { pagePolicy } from '../ui/policy.js'
import { readableAddress } from '../ui/readable-address.js'
import { sameSiteOnly } from '../ui/same-site.js'
import type { BackendCall } from './backend-calls.js'
import type { Operators } from './operators.js'
import { type Action, frame, type Page, type PageContext } from './page.js'
import { allowlist, allowlistActions } from './pages/allowlist.js'
import { invitationActions, invitations } from './pages/invitations.js'
import { overview } from './pages/overview.js'
import { requests } from './pages/requests.js'
import { sessionActions, sessions } from './pages/sessions.js'
import { signIn, signInForm } from './pages/sign-in.js'
import { user, userActions, users } from './pages/users.js'

interface DashboardParts {
  environment: Environment
  application: ApplicationKeys
  publicUrl: () => string
  call: BackendCall
  settings: { read(): Promise<PageContext['restrictions']> }
  recentRequests: RecentRequests
  operators: Operators
  /** Whether a development instance may be asked for its dashboard by a name. */
  isKnownHost: (host: string) => boolean
}

const pages: Page[] = [overview, users, user, sessions, invitations, allowlist, requests]
const actions: Action[] = [...userActions, ...sessionActions, ...invitationActions, ...allowlistActions]
const menu = pages.filter(({ inMenu }) => inMenu)

/** What the browser of an operator is known by. */
const pass = '__clerk_operator'

/**
 * Serves the dashboard: pages on which people look after an instance. That of a development instance is for whoever is at
 * its machine, as its inbox is; that of a production instance is for who shows a secret key.
 */
export function serveDashboard(app: App, parts: DashboardParts): void {
  const { environment } = parts
  const isOpen = environment === 'development'
  const sameSite = sameSiteOnly(parts.publicUrl, isOpen ? parts.isKnownHost : () => true)
  const admitted: MiddlewareHandler = async (c, next) => {
    if (isOpen || (await parts.operators.isAdmitted(getCookie(c, pass) ?? ''))) return next()
    return c.redirect(`${signIn.path}?next=${encodeURIComponent(c.req.path)}`, 303)
  }

  const send = (
    c: Context,
    page: Omit<Parameters<typeof frame>[0], 'nonce' | 'environment'>,
    status: 200 | ApiError['status'],
  ) => {
    const nonce = randomBytes(16).toString('base64')
    c.header('Content-Security-Policy', pagePolicy(nonce))
    c.header('X-Frame-Options', 'DENY')
    return c.html(frame({ ...page, environment, nonce }), status)
  }

  async function contextOf(c: Context): Promise<PageContext> {
    return {
      ...parts,
      publicUrl: parts.publicUrl(),
      recentRequests: parts.recentRequests.list(),
      restrictions: await parts.settings.read(),
      params: c.req.param(),
      query: c.req.query(),
    }
  }

  async function show(c: Context, page: Page, failure?: ApiError) {
    const done = actions.find(({ path }) => path === c.req.query('done'))?.done
    const notice = failure
      ? { text: failure.message, isProblem: true }
      : done === undefined
        ? undefined
        : { text: done, isProblem: false }
    const content = await page.content(await contextOf(c))
    return send(c, { menu, current: page, notice, content }, failure?.status ?? 200)
  }

  const showSignIn = (c: Context, next: string, problem?: string) => {
    const notice = problem === undefined ? undefined : { text: problem, isProblem: true }
    return send(c, { menu: [], current: signIn, notice, content: signInForm(next) }, problem === undefined ? 200 : 401)
  }

  app.use('/dashboard/*', readableAddress, sameSite)
  listenTo(app, `GET ${signIn.path}`, (c) => showSignIn(c, c.req.query('next') ?? overview.path))
  listenTo(app, `POST ${signIn.path}`, async (c) => {
    const form = await formOf(c)
    const next = form.get('next') ?? ''
    const given = await parts.operators.admit(form.get('secret_key')?.trim() ?? '')
    if (given === undefined) return showSignIn(c, next, 'That is no secret key of this instance, or not any more.')
    const secure = parts.publicUrl().startsWith('https:')
    setCookie(c, pass, given, { httpOnly: true, sameSite: 'Strict', path: '/', secure })
    return c.redirect(menu.find(({ path }) => path === next)?.path ?? overview.path, 303)
  })

  app.on('GET', overview.path, sameSite, admitted)
  app.use('/dashboard/*', admitted)
  for (const page of pages) listenTo(app, `GET ${page.path}`, (c) => show(c, page))
  for (const action of actions) {
    listenTo(app, `POST ${action.path}`, async (c) => {
      const form = await formOf(c)
      try {
        await action.run(parts.call, c.req.param(), form)
      } catch (error) {
        if (error instanceof ApiError) return show(c, action.page, error)
        throw error
      }
      const back = action.page.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(c.req.param(name) ?? ''))
      return c.redirect(`${back}?done=${encodeURIComponent(action.path)}`, 303)
    })
  }
}

async function formOf(c: Context<AppEnv>): Promise<URLSearchParams> {
  const { values } = await readBody(c, 'object', new Map())
  return new URLSearchParams(values as Record<string, string>)
}
