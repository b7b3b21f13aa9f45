import type { Commands } from './arguments.js'
import { type Command, isSwitch, type Operand, variableOf } from './command.js'

const width = 110

/** The text on one command, on a group such as `keys`, or on everything. */
export function helpText(commands: Commands, of: string | undefined): string {
  const command = of === undefined ? undefined : commands[of]
  const paragraphs = of !== undefined && command ? commandHelp(of, command) : listHelp(commands, of)
  return `${paragraphs.join('\n\n')}\n`
}

function listHelp(commands: Commands, group: string | undefined): string[] {
  const names = Object.keys(commands).filter((name) => group === undefined || name.startsWith(`${group} `))
  const rows = names.map((name): Row => [name, commands[name]?.summary ?? ''])
  const prefix = group === undefined ? 'clerk-server' : `clerk-server ${group}`
  return [
    ...(group === undefined ? ['clerk-server: the Clerk API on a machine of your own'] : []),
    section('Usage', [`${prefix} <command> [flags]`]),
    section('Commands', table(rows)),
    section(
      'Flags',
      table([
        ['-h, --help', 'Show this text; after a command, the text on that command'],
        ['--version', 'Show the version'],
      ]),
    ),
    section(
      'Examples',
      names.map((name) => commands[name]?.examples[0] ?? ''),
    ),
  ]
}

function commandHelp(name: string, { summary, operands = [], flags, notes = [], exitCodes, examples }: Command) {
  const usage = ['clerk-server', name, '[flags]', ...operands.map(operandUsage)].join(' ')
  const rows = Object.entries(flags).map(([flag, definition]): Row => flagRow(flag, definition))
  return [
    `clerk-server ${name}: ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`,
    section('Usage', [usage]),
    ...(operands.length > 0
      ? [section('Operands', table(operands.map((operand): Row => [operand.name, operand.description])))]
      : []),
    section('Flags', table([...rows, ['-h, --help', 'Show this text']])),
    ...notes.map((note) => wrap(note, width).join('\n')),
    'A flag can also be given as the environment variable in square brackets; the flag wins.',
    section('Exit codes', table(Object.entries(exitCodes).map(([code, meaning]): Row => [code, meaning]))),
    section(examples.length > 1 ? 'Examples' : 'Example', [...examples]),
  ]
}

function flagRow(flag: string, definition: Command['flags'][string]): Row {
  const fallback = definition.default !== undefined && !isSwitch(definition) ? ` (default ${definition.default})` : ''
  const name = isSwitch(definition) ? `--${flag}` : `--${flag} ${definition.value}`
  return [name, `${definition.description}${fallback} [${variableOf(flag)}]`]
}

const operandUsage = ({ name, optional, repeated }: Operand) => {
  const one = repeated ? `${name}…` : name
  return optional ? `[${one}]` : one
}

type Row = [name: string, text: string]

const section = (title: string, lines: string[]) => [title, ...lines.map((line) => `  ${line}`)].join('\n')

/** Two columns, the second one broken into lines. */
function table(rows: Row[]): string[] {
  const column = Math.max(...rows.map(([name]) => name.length)) + 2
  return rows.flatMap(([name, text]) =>
    wrap(text, width - column - 2).map((line, index) => `${(index === 0 ? name : '').padEnd(column)}${line}`),
  )
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < columns) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
