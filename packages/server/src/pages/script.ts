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

async function start() {
  const clerk = window.Clerk
  const allowedRedirectOrigins = [location.origin, ...settings.destinations]
  await clerk.load({ ...settings.options, allowedRedirectOrigins, nonce })
  if (settings.component === 'UserProfile' && !clerk.user) {
    const here = new URLSearchParams({ redirect_url: location.pathname + location.search })
    location.replace(settings.signInUrl + '?' + here)
    return
  }
  appearing.observe(target, { childList: true, subtree: true })
  clerk['mount' + settings.component](target, settings.props)
}

const timer = setTimeout(fail, patience)
addEventListener('unhandledrejection', fail)
const element = document.createElement('script')
for (const [name, value] of Object.entries(settings.attributes)) element.setAttribute(name, value)
element.nonce = nonce
element.crossOrigin = 'anonymous'
element.addEventListener('load', () => start().catch(fail))
element.addEventListener('error', fail)
element.src = settings.source
document.head.append(element)
`
