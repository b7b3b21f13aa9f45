/**
 * What runs on a page: it loads clerk-js and mounts a component. The component takes some more scripts to appear, which it
 * loads by itself; until it does, the status stays, and what goes wrong meanwhile is said there.
 */
export const script = `
'use strict'
const settings = JSON.parse(document.getElementById('settings').textContent)
const nonce = document.currentScript.nonce
const status = document.getElementById('status')
const again = document.getElementById('again')
const target = document.getElementById('component')
const patience = 20000

function fail() {
  clearTimeout(timer)
  status.textContent = 'The page could not be loaded. The server may be away, or something in this browser keeps it out.'
  status.hidden = again.hidden = false
}

function done() {
  clearTimeout(timer)
  removeEventListener('unhandledrejection', fail)
  document.body.className = 'ready'
  status.hidden = again.hidden = true
}

const appearing = new MutationObserver(() => {
  if (target.offsetHeight === 0) return
  appearing.disconnect()
  done()
})

// clerk-js hands the parameters of a link on in the fragment. The server, which says where they may lead, sees only a query.
function isUnfolded() {
  const [path, search] = location.hash.slice(1).split('?')
  if (!path.startsWith('/')) return true
  const url = new URL(location.href)
  url.hash = ''
  url.pathname = settings.props.path + path.replace(/\\/$/, '')
  for (const [name, value] of new URLSearchParams(search)) url.searchParams.set(name, value)
  location.replace(url)
  return false
}

// The steps of a component are below its page: to load the document anew for each would do twice what a step begins with.
function isStep(to) {
  const { origin, pathname } = new URL(to, location.href)
  const own = settings.props.path
  return origin === location.origin && (pathname === own || pathname.startsWith(own + '/'))
}

const router = {
  routerPush: (to) => (isStep(to) ? history.pushState(null, '', to) : location.assign(to)),
  routerReplace: (to) => (isStep(to) ? history.replaceState(null, '', to) : location.replace(to)),
}

async function start() {
  const clerk = window.Clerk
  const allowedRedirectOrigins = [location.origin, ...settings.destinations]
  // In development clerk-js tells other sites by a token in the URL which browser it is. Ours are on this host, and have cookies.
  clerk.buildUrlWithAuth = (url) => url
  // Of an account that is locked clerk-js tells at the first step, but looks for that one folder too high.
  clerk.__internal_navigateWithError = async (_, error) => {
    clerk.__internal_last_error = error
    history.pushState(null, '', settings.props.path + location.search)
    dispatchEvent(new PopStateEvent('popstate'))
  }
  await clerk.load({ ...settings.options, ...router, allowedRedirectOrigins, nonce })
  if (settings.component === 'UserProfile' && !clerk.user) {
    const here = new URLSearchParams({ redirect_url: location.pathname + location.search })
    location.replace(settings.signInUrl + '?' + here)
    return
  }
  appearing.observe(target, { childList: true, subtree: true })
  clerk['mount' + settings.component](target, settings.props)
}

function load() {
  const element = document.createElement('script')
  for (const [name, value] of Object.entries(settings.attributes)) element.setAttribute(name, value)
  element.nonce = nonce
  element.crossOrigin = 'anonymous'
  element.addEventListener('load', () => start().catch(fail))
  element.addEventListener('error', fail)
  element.src = settings.source
  document.head.append(element)
}

const timer = setTimeout(fail, patience)
addEventListener('unhandledrejection', fail)
if (isUnfolded()) load()
`
