import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { succeed } from '../run.mjs'
import { holds } from './holds.mjs'
import { install } from './tarball.mjs'

/**
 * What is promised of clerk-server.
 *
 * @param {import('./tarball.mjs').Tarball} tarball
 * @param {string} folder an empty one
 */
export async function checkServer(tarball, folder) {
  const installed = await holds('the server installs in an empty folder', async () => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "private": true }')
    await install(tarball, folder, ['--prefer-offline'])
    return true
  })
  if (!installed) return

  await holds('clerk-server --version prints its version', async () => {
    const stdout = await succeed(['npx', '--no-install', 'clerk-server', '--version'], folder)
    assert.equal(stdout.trim(), tarball.manifest.version)
  })

  await holds('clerk-server --help tells how to start it', async () => {
    assert.match(await succeed(['npx', '--no-install', 'clerk-server', '--help'], folder), /clerk-server start/)
  })

  await holds('clerk-server exec runs a program that starts a server of its own', async () => {
    const program = `import { startServer } from 'clerk-server'
      const server = await startServer()
      await server.close()
      console.log(server.url !== process.env.CLERK_API_URL, process.env.CLERK_API_URL)`
    writeFileSync(join(folder, 'program.mjs'), program)
    const command = ['npx', '--no-install', 'clerk-server', 'exec', '--', 'node', 'program.mjs']
    assert.match(await succeed(command, folder), /^true http:/m)
  })

  await holds('the installed server can be backed up', async () => {
    const command = ['npx', '--no-install', 'clerk-server']
    await succeed([...command, 'migrate', '--data-dir', 'data'], folder)
    await succeed([...command, 'backup', '--data-dir', 'data', 'copy'], folder)
    assert(existsSync(join(folder, 'copy', 'clerk.sqlite')))
  })

  await holds('the installed server starts, answers, and ends with 0 when told to', () => startAndStop(folder))
}

/** @param {string} folder */
async function startAndStop(folder) {
  const program = join(folder, 'node_modules', '.bin', 'clerk-server')
  const server = spawn(program, ['start', '--memory', '--port', '0', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  server.stderr.on('data', (text) => {
    log += text
  })
  const ended = once(server, 'close')
  const overdue = setTimeout(() => server.kill('SIGKILL'), 10_000)
  try {
    const ready = await Promise.race([once(server.stdout, 'data'), ended.then(() => undefined)])
    assert(ready, `it ended before it was ready:\n${log}`)
    const { apiUrl, secretKey } = JSON.parse(String(ready[0]))
    const response = await fetch(`${apiUrl}/v1/users`, { headers: { authorization: `Bearer ${secretKey}` } })
    assert.deepEqual([response.status, await response.json()], [200, []])
    server.kill('SIGTERM')
    const [code] = await ended
    assert.equal(code, 0, `it ended with ${code}:\n${log}`)
  } finally {
    clearTimeout(overdue)
    server.kill('SIGKILL')
  }
}
