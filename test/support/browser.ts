import { setImmediate as turn } from 'node:timers/promises'
import { createContext, runInContext } from 'node:vm'

type Listener = () => void

/** An element, as far as the page between touches one. */
class Element {
  textContent = ''
  hidden = true
  src = ''
  attributes: Record<string, string> = {}
  listeners: Record<string, Listener> = {}
  setAttribute(name: string, value: string) {
    this.attributes[name] = value
  }
  addEventListener(name: string, listener: Listener) {
    this.listeners[name] = listener
  }
}

export interface Visit {
  /** Of an address that was asked for again: how. */
  asked: ('assigned' | 'reloaded')[]
  message: string
  linkHidden: boolean
  /** The script element the page added. */
  script: Pick<Element, 'src' | 'attributes'>
  /** What `Clerk.load()` was called with. */
  options: unknown
  clickLink(): void
}

/** A tab: what a page stores stays for the next one. */
export interface Tab {
  stored: Map<string, string>
  now: number
  /** Where the next page is come to from. */
  referrer: string
  reloading: boolean
}

export const newTab = (): Tab => ({ stored: new Map(), now: 1_000_000, referrer: '', reloading: false })

/** How loading clerk-js ends. */
export type Ending = 'loads' | 'fails to load' | 'loads without Clerk' | 'rejects' | 'never loads'

/** Runs the script of a page as a browser would, so far as the page between needs one. */
export async function visit(page: string, address: string, ending: Ending, tab: Tab | undefined): Promise<Visit> {
  const elements: Record<string, Element> = { settings: new Element(), message: new Element(), again: new Element() }
  const settings = /<script id="settings" type="application\/json">([^<]*)<\/script>/.exec(page)?.[1] ?? ''
  const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? ''
  if (elements['settings']) elements['settings'].textContent = settings
  const asked: Visit['asked'] = []
  const url = new URL(address)
  let added = new Element()
  let options: unknown
  const timers: Listener[] = []
  const window: Record<string, unknown> = {}
  const load = async (given: unknown) => {
    options = given
    if (ending === 'rejects') throw new Error('no')
  }
  const location = {
    hash: url.hash,
    get href() {
      return url.href
    },
    set href(_: string) {
      asked.push('assigned')
    },
    reload: () => void asked.push('reloaded'),
  }
  const sessionStorage = {
    getItem: (name: string) => tab?.stored.get(name) ?? null,
    setItem: (name: string, value: string) => void tab?.stored.set(name, value),
    removeItem: (name: string) => void tab?.stored.delete(name),
  }
  const context = {
    window,
    location,
    // Browsers that keep nothing throw as soon as the storage is named.
    ...(tab && { sessionStorage }),
    Date: { now: () => tab?.now ?? 0 },
    setTimeout: (listener: Listener) => timers.push(listener),
    clearTimeout(timer: number) {
      timers[timer - 1] = () => {}
    },
    performance: { getEntriesByType: () => [{ type: tab?.reloading ? 'reload' : 'navigate' }] },
    document: {
      referrer: tab?.referrer ?? '',
      getElementById: (id: string) => elements[id],
      createElement: () => new Element(),
      head: {
        append(element: Element) {
          added = element
        },
      },
    },
  }
  runInContext(script, createContext(context))
  if (ending === 'loads' || ending === 'rejects') window['Clerk'] = { load }
  if (ending === 'never loads') for (const timer of timers) timer()
  else added.listeners[ending === 'fails to load' ? 'error' : 'load']?.()
  await turn()
  return {
    asked,
    message: elements['message']?.textContent ?? '',
    linkHidden: elements['again']?.hidden ?? true,
    script: added,
    // As text: it comes out of another realm.
    options: JSON.parse(JSON.stringify(options ?? null)),
    clickLink: () => elements['again']?.listeners['click']?.(),
  }
}
