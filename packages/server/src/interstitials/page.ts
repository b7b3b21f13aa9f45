import { html, raw } from 'hono/html'
import { script, scriptHash } from './script.js'

/** What the page between is made for. Every value is as somebody sent it, but checked. */
export interface PageSettings {
  publishableKey: string
  /** Where clerk-js finds the Frontend API, and itself: an http(s) URL or a path, without a slash at the end. */
  proxyUrl?: string
  /** Of a satellite, where there is no proxy. */
  domain?: string
  /** An http(s) URL or a path that ends in the file of clerk-js. */
  scriptUrl: string
  signInUrl?: string | undefined
  isSatellite?: boolean | undefined
}

/**
 * The page between: a browser that cannot show a session token gets one there, if it has a right to. An application's
 * server passes the page on, so whatever it needs is in its text, its content security policy included, and the leave to
 * send a Referer: an application may have forbidden that, and version 2.6.3 shows the page again to whoever sends none.
 */
export function interstitialPage(settings: PageSettings): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(settings)}">
<meta name="referrer" content="strict-origin-when-cross-origin">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>One moment</title>
</head>
<body>
<p id="message" role="status">One moment: finding out whether you are signed in.</p>
<noscript><p>This needs JavaScript, which is switched off in this browser.</p></noscript>
<p><a id="again" href="" hidden>Try again</a></p>
<script id="settings" type="application/json">${raw(inScript(scriptSettings(settings)))}</script>
<script>${raw(script)}</script>
</body>
</html>
`
  return String(page)
}

/** JSON that cannot end the script it stands in. */
const inScript = (value: object) => JSON.stringify(value).replaceAll('<', '\\u003c')

/** What the script reads. clerk-js takes its own settings from the attributes of the element that loads it. */
const scriptSettings = (settings: PageSettings) => ({
  source: settings.scriptUrl,
  attributes: {
    'data-clerk-publishable-key': settings.publishableKey,
    ...(settings.proxyUrl !== undefined && { 'data-clerk-proxy-url': settings.proxyUrl }),
    ...(settings.domain !== undefined && { 'data-clerk-domain': settings.domain }),
  },
  options: {
    telemetry: false,
    ...(settings.signInUrl !== undefined && { signInUrl: settings.signInUrl }),
    ...(settings.isSatellite !== undefined && { isSatellite: settings.isSatellite }),
  },
})

/** Nothing but our script, what it loads, and the Frontend API. */
function policy({ scriptUrl, proxyUrl = '', domain }: PageSettings): string {
  const hosts = [scriptUrl, proxyUrl, domain === undefined ? '' : `https://clerk.${domain}`].flatMap(originOf)
  const sources = [...new Set(["'self'", ...hosts])].join(' ')
  return [
    "default-src 'none'",
    // Browsers that know 'strict-dynamic' go by what loads a script, the older ones by where it comes from.
    `script-src '${scriptHash}' 'strict-dynamic' ${sources}`,
    `connect-src ${sources}`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

const originOf = (url: string) => (/^https?:/i.test(url) && URL.canParse(url) ? [new URL(url).origin] : [])
