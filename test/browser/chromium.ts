import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { hosts } from './https.js'

/** Where systems have one. `CHROMIUM_PATH` names another; `none` there means the one out of npm. */
const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const args = [
  `--host-resolver-rules=${Object.values(hosts)
    .map((host) => `MAP ${host} 127.0.0.1`)
    .join(', ')}`,
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // clerk-js sends no telemetry from a browser that says it is a robot: here it is to behave as at a person's.
  '--disable-blink-features=AutomationControlled',
]

/** A real browser: that of the system, or the one for Linux on x64 inside an npm package. */
export async function launchChromium(): Promise<Browser> {
  const wanted = process.env['CHROMIUM_PATH']
  const executablePath = wanted === 'none' ? undefined : (wanted ?? installed.find((path) => existsSync(path)))
  if (executablePath !== undefined) return chromium.launch({ executablePath, args })
  const unpacked = await unpack()
  return chromium.launch({ executablePath: unpacked.executablePath, args, env: { ...process.env, ...unpacked.env } })
}

/**
 * Unpacks the one out of npm to where it is found the next time. The package goes by the environment: it unpacks to the
 * folder for temporary files, and brings the libraries along that a system may lack only where it believes to be hosted.
 */
async function unpack() {
  const folder = fileURLToPath(new URL('../../node_modules/.cache/chromium', import.meta.url))
  mkdirSync(folder, { recursive: true })
  const settings = { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' }
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, settings)
  try {
    const { default: packaged } = await import('@sparticuz/chromium')
    return {
      executablePath: await packaged.executablePath(),
      env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') },
    }
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}
