const frontendUrl = `${process.env.CLERK_API_URL ?? 'http://127.0.0.1:4010'}/__clerk`
const publishableKey = process.env.CLERK_PUBLISHABLE_KEY ?? ''

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text) => text.replace(/[&<>"]/g, (character) => entities[character])

/** A page with a title, on which clerk-js keeps the session fresh and signs out. */
export const page = (title, isSignedIn) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escaped(title)}</title>
<style>
  body { max-width: 40rem; margin: 4rem auto; padding: 0 1rem; font: 1.1rem/1.5 system-ui, sans-serif; color-scheme: light dark }
  nav { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; align-items: center }
  button { font: inherit }
</style>
<h1>${escaped(title)}</h1>
<nav>
  <a href="/">Public page</a>
  <a href="/guarded">Guarded page</a>
  ${isSignedIn ? '<button id="sign-out" disabled>Sign out</button>' : ''}
</nav>
<script async crossorigin="anonymous" data-clerk-publishable-key="${escaped(publishableKey)}"
  data-clerk-proxy-url="${escaped(frontendUrl)}" src="${escaped(frontendUrl)}/npm/@clerk/clerk-js@5/dist/clerk.browser.js"
  onload="start()"></script>
<script>
  async function start() {
    await Clerk.load({ telemetry: false })
    const button = document.getElementById('sign-out')
    if (!button) return
    button.disabled = false
    button.onclick = () => Clerk.signOut({ redirectUrl: '/' })
  }
</script>
`
