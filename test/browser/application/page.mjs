// The pages of the application: who it takes its visitor for, and clerk-js, which keeps the cookies fresh.

const frontendApiUrl = String(process.env['FRONTEND_API_URL'])
const version = process.env['CLERK_JS_VERSION'] ?? '5'

/** @param {string} greeting what the middleware found out @param {string} [component] of clerk-js, to be shown here */
export const page = (greeting, component = '') => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${greeting}</title>
<h1>${greeting}</h1>
<div id="user-button"></div>
<div id="component"></div>
${version === '6' ? script('ui', '1', 'ui.browser.js') : ''}
${script('clerk-js', version, 'clerk.browser.js')}
<script>
addEventListener('load', async () => {
  await Clerk.load({
    telemetry: false,
    signInUrl: '${process.env['SIGN_IN_URL']}',
    signUpUrl: '${process.env['SIGN_UP_URL']}',
    ...(window.__internal_ClerkUICtor && { ui: { ClerkUI: window.__internal_ClerkUICtor } }),
  })
  if ('${component}') Clerk['mount${component}'](document.getElementById('component'), { routing: 'hash' })
  if (Clerk.user) Clerk.mountUserButton(document.getElementById('user-button'), { afterSwitchSessionUrl: '/' })
  document.body.dataset.clerk = 'loaded'
})
</script>
`

/** @param {string} name @param {string} version @param {string} file */
const script = (name, version, file) => `<script defer crossorigin="anonymous"
  data-clerk-publishable-key="${process.env['PUBLISHABLE_KEY']}" data-clerk-proxy-url="${frontendApiUrl}"
  src="${frontendApiUrl}/npm/@clerk/${name}@${version}/dist/${file}"></script>`
