import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const program = fileURLToPath(import.meta.resolve('clerk-server/package.json').replace('package.json', 'dist/cli.js'))

export interface Ready {
  event: 'ready'
  url: string
  apiUrl: string
  frontendApiUrl: string
  /** Absent where it cannot be shown, as of a production instance after its first start. */
  secretKey: string
  apiKey: string
  publishableKey: string
  pid: number
}

export interface Running {
  ready: Ready
  child: ChildProcess
  /** Everything the program has printed to its standard output so far. */
  output(): string
  /** Everything it has printed to its standard error so far. */
  log(): string
  /** Sends a signal and gives the exit code, or the signal that ended the process. */
  stop(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>
}

/** A folder that is removed when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clerk-server-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs `clerk-server` to its end. */
export const run = (...args: string[]): Promise<Ended> => ended(startProgram(...args))

/** The same, with more environment variables. */
export const runWith = (environment: Record<string, string>, ...args: string[]): Promise<Ended> =>
  ended(startWith(environment, ...args))

/** The same, with something to read on its standard input. */
export function runReading(input: string | Buffer, ...args: string[]): Promise<Ended> {
  const started = startProgram(...args)
  // A program that ends early reads no further.
  started.child.stdin.on('error', () => {}).end(input)
  return ended(started)
}

async function ended({ child, stdout, stderr }: ReturnType<typeof startWith>): Promise<Ended> {
  const [code] = await once(child, 'close')
  return { code, stdout: stdout(), stderr: stderr() }
}

/** Runs `clerk-server start --json` on a free port until it is ready. It is ended with the test. */
export const startReady = (...args: string[]): Promise<Running> => startReadyWith({}, ...args)

/** The same, with more environment variables. */
export const startReadyWith = (environment: Record<string, string>, ...args: string[]): Promise<Running> =>
  ready(startWith(environment, ...startArguments, ...args))

/** The same, with files that can be so many kilobytes long and no more, as on a disk that is full. */
export const startReadyLimited = (kilobytes: number, ...args: string[]): Promise<Running> => {
  const limited = `ulimit -f $(($0 * 2)) && exec "$@"`
  const command = ['-c', limited, String(kilobytes), process.execPath, program, ...startArguments, ...args]
  return ready(startCommand('/bin/sh', command, {}))
}

const startArguments = ['start', '--json', '--port', '0']

async function ready({ child, stdout, stderr }: ReturnType<typeof startWith>): Promise<Running> {
  onTestFinished(() => void child.kill('SIGKILL'))
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => stdout().includes('\n') && resolve())
    child.once('close', (code) => reject(new Error(`clerk-server ended with ${code}: ${stderr()}`)))
  })
  return {
    ready: JSON.parse(stdout()) as Ready,
    child,
    output: stdout,
    log: stderr,
    async stop(signal) {
      const ended = once(child, 'exit')
      child.kill(signal)
      const [code, endedBy] = await ended
      return code ?? endedBy
    },
  }
}

/** Starts `clerk-server` and lets it run. */
export const startProgram = (...args: string[]) => startWith({}, ...args)

/** What starts `clerk-server`, for who starts it in a way of their own. */
export const commandOf = (...args: string[]): string[] => [process.execPath, program, ...args]

const startWith = (environment: Record<string, string>, ...args: string[]) =>
  startCommand(process.execPath, [program, ...args], environment)

function startCommand(command: string, args: string[], environment: Record<string, string>) {
  const child = spawn(command, args, { env: { ...process.env, ...environment } })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  return { child, stdout: () => output.stdout, stderr: () => output.stderr }
}
