// Running another program.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The root of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Runs a program to its end, however that may be.
 *
 * @param {string[]} command the program and its arguments
 * @param {{ cwd?: string, live?: boolean }} [options] `live` prints what it prints at once instead of giving it back
 * @returns {Promise<{ ok: boolean, stdout: string, output: string, seconds: number }>} `output` is stdout and stderr as they came
 */
export function run([program = '', ...args], { cwd = root, live = false } = {}) {
  const began = performance.now()
  return new Promise((resolve) => {
    let stdout = ''
    let output = ''
    /** @param {boolean} ok */
    const end = (ok) => resolve({ ok, stdout, output, seconds: (performance.now() - began) / 1000 })

    const child = spawn(program, args, { cwd, stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'] })
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text
      output += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      output += text
    })
    child.once('error', (error) => {
      output += `${program}: ${error.message}\n`
      end(false)
    })
    child.once('close', (code) => end(code === 0))
  })
}

/**
 * Runs a program that has to succeed.
 *
 * @param {string[]} command
 * @param {string} cwd
 * @returns {Promise<string>} what it wrote to stdout
 */
export async function succeed(command, cwd) {
  const { ok, stdout, output } = await run(command, { cwd })
  if (!ok) throw new Error(`${command.map((word) => word.split('/').at(-1)).join(' ')} failed:\n${output}`)
  return stdout
}
