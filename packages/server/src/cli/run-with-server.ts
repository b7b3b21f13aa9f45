import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Storage } from '../options.js'
import { type RunningServer, startServer } from '../start-server.js'
import { StartupError } from '../startup-error.js'
import { encryptionKeys, withoutEncryptionKeys } from './encryption-keys.js'
import { standardErrorLog } from './log.js'

interface ServerArguments {
  storage: Storage
  port: number
  seedFile: string | undefined
  log: boolean
}

/**
 * Runs a command as long as a server, and gives its exit code the way a shell does.
 *
 * @param command a program and its arguments
 * @throws StartupError when the server cannot start, or the command cannot be run
 */
export async function runWithServer(
  command: [string, ...string[]],
  { storage, port, seedFile, log }: ServerArguments,
): Promise<number> {
  const lines = log ? standardErrorLog() : undefined
  const server = await startServer({ ...storage, ...encryptionKeys(), port, seedFile, ...(lines && { log: lines }) })
  try {
    return await run(command, { ...withoutEncryptionKeys(), ...applicationEnvironment(server) })
  } finally {
    await server.close()
    await lines?.flush()
  }
}

/** What an application, or its test suite, is configured by. */
const applicationEnvironment = ({ url, apiKey, secretKey, publishableKey }: RunningServer) => ({
  CLERK_API_URL: url,
  CLERK_API_KEY: apiKey,
  CLERK_SECRET_KEY: secretKey,
  CLERK_PUBLISHABLE_KEY: publishableKey,
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: publishableKey,
  CLERK_TELEMETRY_DISABLED: '1',
})

/** Signals that are meant for the command, not for the server beside it. */
const handedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const
/** Those that a terminal sends to the command itself, when a key is pressed. */
const sentByTerminal: readonly string[] = ['SIGINT', 'SIGQUIT']

function run([program, ...programArguments]: [string, ...string[]], env: NodeJS.ProcessEnv): Promise<number> {
  // Windows starts `npm.cmd` and its like in a shell only.
  const windows = process.platform === 'win32'
  const child = spawn(program, windows ? programArguments.map(quoted) : programArguments, {
    env,
    stdio: 'inherit',
    shell: windows,
  })
  const forward = (signal: NodeJS.Signals) => {
    if (!(process.stdin.isTTY && sentByTerminal.includes(signal))) child.kill(signal)
  }
  for (const signal of handedOn) process.on(signal, forward)
  return new Promise<number>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(unrunnable(error, program)))
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal as NodeJS.Signals]))
  }).finally(() => {
    for (const signal of handedOn) process.off(signal, forward)
  })
}

const quoted = (argument: string) => (/^[\w./:=@-]+$/.test(argument) ? argument : `"${argument.replaceAll('"', '""')}"`)

function unrunnable(error: NodeJS.ErrnoException, program: string): StartupError {
  const exitCode = error.code === 'ENOENT' ? 127 : 126
  const reason = error.code === 'ENOENT' ? 'there is no such command' : error.message
  return new StartupError(`cannot run ${program}: ${reason}`, { exitCode, cause: error })
}
