import { parseArgs } from 'node:util'
import type { Storage } from '../options.js'
import { StartupError } from '../startup-error.js'

export interface StartArguments {
  host: string
  port: number
  storage: Storage
  seedFile: string | undefined
  json: boolean
}

export type Command =
  | { name: 'start'; arguments: StartArguments }
  | { name: 'help'; of?: 'start' }
  | { name: 'version' }

const startFlags = {
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '4010' },
  'data-dir': { type: 'string' },
  memory: { type: 'boolean', default: false },
  'database-url': { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

/**
 * Reads what follows `clerk-server` on the command line.
 *
 * @throws StartupError (exit code 2) naming the argument that makes no sense
 */
export function parseCommand([name, ...rest]: string[]): Command {
  if (name === undefined) throw usage('a command is missing')
  if (name === '--help' || name === '-h' || name === 'help') return { name: 'help' }
  if (name === '--version') return { name: 'version' }
  if (name !== 'start') throw usage(`there is no command ${name}`)
  return parseStart(rest)
}

function parseStart(args: string[]): Command {
  const values = readFlags(args)
  if (values.help) return { name: 'help', of: 'start' }
  return {
    name: 'start',
    arguments: {
      host: notEmpty('host', values.host),
      port: readPort(values.port),
      storage: readStorage(values),
      seedFile: values.seed,
      json: values.json,
    },
  }
}

function readFlags(args: string[]) {
  try {
    return parseArgs({ args, options: startFlags, allowPositionals: false }).values
  } catch (error) {
    throw usage((error as Error).message.split('. ', 1)[0] as string)
  }
}

function readPort(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw usage(`--port must be a number from 0 to 65535, not "${text}"`)
  return port
}

function readStorage(values: ReturnType<typeof readFlags>): Storage {
  const given = (['data-dir', 'memory', 'database-url'] as const).filter((name) => values[name])
  if (given.length > 1) throw usage(`--${given.join(' and --')} exclude each other`)
  if (values.memory) return { memory: true }
  const databaseUrl = values['database-url']
  if (databaseUrl !== undefined) return { databaseUrl: readDatabaseUrl(databaseUrl) }
  return { dataDir: notEmpty('data-dir', values['data-dir'] ?? '.clerk') }
}

function readDatabaseUrl(text: string): string {
  if (!/^postgres(ql)?:\/\/./.test(text)) throw usage('--database-url must begin with postgres://')
  return text
}

function notEmpty(name: string, value: string): string {
  if (value === '') throw usage(`--${name} must not be empty`)
  return value
}

const usage = (message: string) =>
  new StartupError(`${message}\nSee clerk-server ${message.includes('command') ? '' : 'start '}--help.`, {
    exitCode: 2,
  })
