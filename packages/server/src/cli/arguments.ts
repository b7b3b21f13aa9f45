import { parseArgs } from 'node:util'
import { StartupError } from '../startup-error.js'
import { type Command, isSwitch, variableOf } from './command.js'
import { FlagError, type FlagValues } from './flags.js'

/** The commands by name; a name may be two words, such as `keys create`. */
export type Commands = Readonly<Record<string, Command>>

export type Invocation =
  | { kind: 'run'; name: string; command: Command; flags: FlagValues<Command['flags']>; operands: string[] }
  /** Of one command, of a group such as `keys`, or of everything. */
  | { kind: 'help'; of: string | undefined }
  | { kind: 'version' }

/**
 * Reads what follows `clerk-server` on the command line. A flag that is not there can be given by its environment
 * variable.
 *
 * @throws StartupError (exit code 2) naming the argument that makes no sense
 */
export function readArguments(commands: Commands, args: string[], environment: NodeJS.ProcessEnv): Invocation {
  const [first, ...rest] = args
  if (first === undefined) throw usage('a command is missing')
  if (first === '--version') return { kind: 'version' }
  if (first === '--help' || first === '-h') return { kind: 'help', of: undefined }
  if (first === 'help') return rest.length === 0 ? { kind: 'help', of: undefined } : helpOn(commands, rest.join(' '))

  const found = find(commands, args)
  if (!found) return asksForHelp(args) ? helpOn(commands, first) : missing(commands, args)
  const { name, command } = found
  const given = parse(name, command, args.slice(name.split(' ').length))
  if (given.values['help']) return { kind: 'help', of: name }
  return {
    kind: 'run',
    name,
    command,
    flags: readFlags(name, command, given.values, environment),
    operands: checkOperands(name, command, given.positionals),
  }
}

/** The command whose words the arguments begin with. */
function find(commands: Commands, args: string[]) {
  const name = [2, 1].map((words) => args.slice(0, words).join(' ')).find((words) => Object.hasOwn(commands, words))
  const command = name === undefined ? undefined : commands[name]
  return name !== undefined && command ? { name, command } : undefined
}

const asksForHelp = (args: string[]) => args.includes('--help') || args.includes('-h')

function helpOn(commands: Commands, name: string): Invocation {
  const known = Object.keys(commands).some((one) => one === name || one.startsWith(`${name} `))
  if (!known) throw usage(`there is no command ${name}`)
  return { kind: 'help', of: name }
}

function missing(commands: Commands, [first = '', second = '']: string[]): never {
  const group = Object.keys(commands).filter((name) => name.startsWith(`${first} `))
  if (group.length === 0) throw usage(`there is no command ${first}`)
  if (second === '') throw usage(`a command is missing after ${first}: ${group.join(', ')}`, first)
  throw usage(`there is no command ${first} ${second}`, first)
}

type Given = Record<string, string | boolean | undefined>

function parse(name: string, { flags, operands = [] }: Command, args: string[]) {
  const options = Object.fromEntries(
    Object.entries(flags).map(([flag, definition]) => [
      flag,
      { type: isSwitch(definition) ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: operands.length > 0,
      allowNegative: true,
    })
    return { values: values as Given, positionals }
  } catch (error) {
    throw usage((error as Error).message.split('. ', 1)[0] as string, name)
  }
}

function readFlags(name: string, { flags, exclusive = [] }: Command, given: Given, environment: NodeJS.ProcessEnv) {
  const sources = withEnvironment(flags, exclusive, given, environment)
  const values = Object.entries(flags).map(([flag, definition]): [string, unknown] => {
    const source = sources.get(flag) ?? { text: definition.default, spelling: `--${flag}` }
    try {
      return [flag, source.text === undefined ? undefined : definition.read(source.text)]
    } catch (error) {
      if (!(error instanceof FlagError)) throw error
      throw usage(`${source.spelling} ${error.message}`, name)
    }
  })
  const excluding = values.filter(([flag, value]) => exclusive.includes(flag) && sources.has(flag) && value !== false)
  if (excluding.length > 1) {
    throw usage(`${excluding.map(([flag]) => sources.get(flag)?.spelling).join(' and ')} exclude each other`, name)
  }
  return Object.fromEntries(values)
}

interface Source {
  text: string
  /** As its user wrote it: `--port` or `CLERK_SERVER_PORT`. */
  spelling: string
}

/** Every flag that is given, by the command line or else by the environment. */
function withEnvironment(
  flags: Command['flags'],
  exclusive: readonly string[],
  given: Given,
  environment: NodeJS.ProcessEnv,
): Map<string, Source> {
  const sources = new Map<string, Source>()
  for (const [flag, value] of Object.entries(given)) {
    if (value !== undefined) sources.set(flag, { text: String(value), spelling: `--${flag}` })
  }
  // Whoever says --memory means it, whatever storage the environment is made for.
  const decided = exclusive.some((flag) => given[flag] !== undefined && given[flag] !== false)
  for (const flag of Object.keys(flags)) {
    // A variable that is empty is what a compose file makes of one that is not set.
    const text = environment[variableOf(flag)] || undefined
    if (text === undefined || sources.has(flag) || (decided && exclusive.includes(flag))) continue
    sources.set(flag, { text, spelling: variableOf(flag) })
  }
  return sources
}

function checkOperands(name: string, { operands = [] }: Command, given: string[]): string[] {
  const absent = operands[given.length]
  if (absent && !absent.optional) throw usage(`${absent.name} is missing: ${absent.description}`, name)
  if (given.length > operands.length && !operands.at(-1)?.repeated) {
    throw usage(`Unexpected argument '${given[operands.length]}'`, name)
  }
  return given
}

const usage = (message: string, command?: string) =>
  new StartupError(`${message}\nSee clerk-server ${command === undefined ? '' : `${command} `}--help.`, { exitCode: 2 })
