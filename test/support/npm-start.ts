import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** `npm start` as a person runs it: in a process group of its own, which is what Ctrl-C reaches. */
export function npmStart(...flags: string[]) {
  const child = spawn('npm', ['start', '--', ...flags], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { text: '' }
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said.text += text
    })
  }
  const signal = (name: NodeJS.Signals) => process.kill(-(child.pid as number), name)
  onTestFinished(() => {
    if (child.exitCode === null && child.signalCode === null) signal('SIGKILL')
  })
  return { child, signal, text: () => said.text }
}
