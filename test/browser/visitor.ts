import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { launchChromium } from './chromium.js'
import { hosts } from './https.js'

/** A person at a browser of their own, and whatever there was wrong with what they were shown. */
export interface Visitor {
  readonly context: BrowserContext
  /** The tab they look at. */
  readonly page: Page
  /** What nobody asked for: requests to elsewhere, errors of scripts, failures, loops. */
  readonly complaints: readonly string[]
  /** Lets pass from now on what would be such a complaint: `422 for POST http://…`, `a script: …`. */
  expect(complaint: RegExp): void
  /** Goes to an address, as by typing it. */
  open(url: string, page?: Page): Promise<void>
  /** Asks for the page once more. */
  reload(page?: Page): Promise<void>
  newTab(): Promise<Page>
  /** Keeps what the tab shows as `test-results/browser/<walk>/<name>.png`. */
  screenshot(name: string, page?: Page): Promise<void>
}

interface Room {
  /** A phone's is 320 pixels wide; 1000 by default. */
  width?: number
}

/** Milliseconds that a walk may take where there is little of a processor to be had. */
export const unhurried = 90_000

/** A browser for the tests of a file. Each walk has cookies of its own, and must end without any complaint. */
export function useBrowser() {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser?.close())

  return async function walk(name: string, steps: (visitor: Visitor) => Promise<void>, { width = 1000 }: Room = {}) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, ignoreHTTPSErrors: true })
    context.setDefaultTimeout(30_000)
    const visitor = await enter(context, name)
    try {
      await steps(visitor)
      expect(visitor.complaints).toEqual([])
    } catch (error) {
      await visitor.screenshot('where-it-ended').catch(() => {})
      throw complaining(error, visitor)
    } finally {
      await context.close()
    }
  }
}

/** Says what was wrong before, which may be why. */
function complaining(error: unknown, { complaints, page }: Visitor): unknown {
  if (error instanceof Error) error.message += [`\nat ${page.url()}`, ...complaints].join('\n')
  return error
}

const results = fileURLToPath(new URL('../../test-results/browser/', import.meta.url))

async function enter(context: BrowserContext, name: string): Promise<Visitor> {
  const complaints: string[] = []
  const expected: RegExp[] = []
  const complain = (text: string) => {
    if (!expected.some((one) => one.test(text))) complaints.push(text)
  }
  const loops = loopGuard((url) => complain(`a loop at ${url}`))
  const folder = join(results, name.replaceAll(/[^\w.-]+/g, '-'))
  mkdirSync(folder, { recursive: true })

  // What would leave the machine is noted, and does not.
  await context.route(
    (url) => !isHere(url),
    (route) => {
      complain(`a request to elsewhere: ${route.request().url()}`)
      return route.abort()
    },
  )
  // Whoever clicks or types asks anew: no chain of redirects does.
  await context.exposeBinding('__acted', ({ page }) => loops.forget(page))
  await context.addInitScript(
    `for (const act of ['pointerdown', 'keydown']) addEventListener(act, () => __acted(), true)`,
  )
  context.on('request', (request) => {
    if (isDocument(request)) loops.sees(request.frame().page(), request.url())
  })
  context.on('response', (response) => {
    const status = response.status()
    if (status >= 400) complain(`${status} for ${response.request().method()} ${response.url()}`)
  })
  context.on('console', (message) => {
    // Failed requests are judged by their answers: what the console says of them is the same again.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complain(`the console: ${message.text()}`)
    }
  })
  context.on('weberror', (error) => complain(`a script: ${error.error().message}`))

  const page = await context.newPage()
  const visitor: Visitor = {
    context,
    page,
    complaints,
    expect: (complaint) => void expected.push(complaint),
    async open(url, tab = page) {
      loops.forget(tab)
      await tab.goto(url)
    },
    async reload(tab = page) {
      loops.forget(tab)
      await tab.reload()
    },
    newTab: () => context.newPage(),
    screenshot: async (shot, tab = page) => {
      await tab.screenshot({ path: join(folder, `${shot}.png`) })
    },
  }
  return visitor
}

/** The last two names are of this machine, too: the browser is told so. */
const isHere = (url: URL) =>
  ['127.0.0.1', 'localhost', ...Object.values(hosts)].includes(url.hostname) || !/^(https?|wss?):$/.test(url.protocol)

const isDocument = (request: Request) => request.isNavigationRequest() && request.frame().parentFrame() === null

/** Documents that a tab may ask for within ten seconds by itself: a handshake with all its ways is four. */
const limit = 6
const period = 10_000

function loopGuard(report: (url: string) => void) {
  const times = new WeakMap<Page, number[]>()
  return {
    /** A person asks anew. */
    forget: (page: Page) => void times.delete(page),
    sees(page: Page, url: string) {
      const recent = [...(times.get(page) ?? []), Date.now()].filter((time) => time > Date.now() - period)
      times.set(page, recent)
      if (recent.length > limit) report(url)
    },
  }
}
