import { createHash } from 'node:crypto'

/**
 * What runs on the page between. It loads clerk-js, lets it bring the cookies up to date, and asks for the address once
 * more. It assigns the address instead of reloading: version 2.6.3 shows the page again to whoever sends no Referer, as a
 * reload does. With a fragment an assignment would only scroll.
 *
 * An address that was asked for three times in a row is not asked for again by itself. It is in a row when the page comes
 * from itself, and not from wherever a visitor comes back from, however soon.
 */
export const script = `
'use strict'
const settings = JSON.parse(document.getElementById('settings').textContent)
const message = document.getElementById('message')
const link = document.getElementById('again')
const memory = '__clerk_interstitial'
const limit = 3
const period = 60000
const patience = 15000

function say(text) {
  message.textContent = text
  link.hidden = false
}

function comesFromItself() {
  const [entry] = performance.getEntriesByType('navigation')
  return document.referrer === location.href || (entry && entry.type === 'reload')
}

function mayAskAgain() {
  try {
    const now = Date.now()
    const before = comesFromItself() ? JSON.parse(sessionStorage.getItem(memory) || '[]') : []
    const recent = before.filter((one) => one.address === location.href && now - one.time < period)
    if (recent.length >= limit) return false
    sessionStorage.setItem(memory, JSON.stringify(recent.concat({ address: location.href, time: now })))
    return true
  } catch {
    return false
  }
}

function askAgain() {
  clearTimeout(timer)
  if (!mayAskAgain()) say('The site keeps asking who you are, although this browser has said so.')
  else if (location.hash) location.reload()
  else location.href = location.href
}

function fail() {
  clearTimeout(timer)
  say('It could not be found out whether you are signed in.')
}

function load() {
  Promise.resolve()
    .then(() => window.Clerk.load(settings.options))
    .then(askAgain, fail)
}

link.addEventListener('click', () => {
  try {
    sessionStorage.removeItem(memory)
  } catch {}
})

const timer = setTimeout(fail, patience)
const clerk = document.createElement('script')
for (const [name, value] of Object.entries(settings.attributes)) clerk.setAttribute(name, value)
clerk.async = true
clerk.crossOrigin = 'anonymous'
clerk.addEventListener('load', load)
clerk.addEventListener('error', fail)
clerk.src = settings.source
document.head.append(clerk)
`

/** By which a content security policy knows the script: it is the only one the page has. */
export const scriptHash = `sha256-${createHash('sha256').update(script).digest('base64')}`
