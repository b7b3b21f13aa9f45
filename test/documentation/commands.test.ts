import { expect, test } from 'vitest'
import { commandNames, type HelpFlag, helpOf } from './help.js'
import { codeIn, examplesOf, pages, proseOf, rowsOf } from './pages.js'

const names = await commandNames()
const helps = new Map(await Promise.all(names.map(async (name) => [name, await helpOf(name)] as const)))

interface DescribedFlag extends HelpFlag {
  command: string
}

/** The rows of a table of flags, one for each command that a row is of. */
function described(page: string, commandsOf: (row: string[]) => string[]): DescribedFlag[] {
  return rowsOf(page)
    .filter(([flag = '']) => flag.startsWith('`--'))
    .flatMap((row) => {
      const [spelling = '', variable = '', fallback = ''] = row.slice(0, 3).map((cell) => codeIn(cell)[0] ?? '')
      return commandsOf(row).map((command) => ({ command, spelling, variable, fallback }))
    })
}

const sorted = (flags: DescribedFlag[]) => flags.map((flag) => JSON.stringify(Object.entries(flag).sort())).sort()

const printed = (commands: string[]): DescribedFlag[] =>
  commands.flatMap((command) => (helps.get(command)?.flags ?? []).map((flag) => ({ command, ...flag })))

test('the help has commands with flags to hold the pages against', () => {
  expect(names).toContain('start')
  for (const [, help] of helps) expect(help.flags.length).toBeGreaterThan(1)
})

test('docs/server/starting.md has every flag of start, in the order, with the variable and the default of the help', () => {
  const flags = described('docs/server/starting.md', () => ['start'])
  expect(flags).toEqual(printed(['start']))
})

test('docs/server/commands.md has every flag of the other commands, with the variable and the default of the help', () => {
  const flags = described('docs/server/commands.md', ([, , , commands = '']) => codeIn(commands))
  expect(sorted(flags)).toEqual(sorted(printed(names.filter((name) => name !== 'start'))))
})

test('docs/server/commands.md has every command, with its exit codes', () => {
  const rows = rowsOf('docs/server/commands.md').filter(([command = '']) => !command.startsWith('`--'))
  expect(rows.map(([command = '', , codes = '']) => [commandIn(codeIn(command)[0] ?? ''), codes])).toEqual(
    names.map((name) => [name, helps.get(name)?.exitCodes.join(', ')]),
  )
})

/** The command that words begin with. */
const commandIn = (words: string) =>
  [2, 1].map((count) => words.split(' ').slice(0, count).join(' ')).find((name) => helps.has(name))

/** What follows `clerk-server` in the examples and in the sentences of a page. */
const commandLines = (page: string): string[] => {
  const shown = examplesOf(page)
    .filter(({ language }) => language.split(' ')[0] === 'sh')
    .flatMap(({ code }) => code.split('\n'))
  return [...shown, ...codeIn(proseOf(page))]
    .flatMap((line) => [...line.matchAll(/(?:^|\| |npx )clerk-server ((?:"[^"]*"|[^|"])*)/g)])
    .map(([, words = '']) => words.trim())
}

/** Whether there is such a command, and it has such flags. */
function isCommandLine(words: string): boolean {
  if (/^(COMMAND )?--help$/.test(words)) return true
  const command = commandIn(words)
  const known = (helps.get(command ?? '')?.flags ?? []).map(({ spelling }) => spelling.split(' ')[0])
  // What follows -- is another program's.
  const [own = ''] = words.split(' -- ')
  const flags = [...own.matchAll(/(?<=\s)--[a-z][\w-]*/g)].map(([flag]) => flag)
  return command !== undefined && flags.every((flag) => flag === '--help' || known.includes(flag))
}

test('a command, and a flag, that there is not is seen', () => {
  const lines = ['stat', 'keys make', 'start --colour', 'doctor --seed users.jsonl', 'exec --log -- npm run --colour']
  expect(lines.filter(isCommandLine)).toEqual(['exec --log -- npm run --colour'])
})

test.each(pages.filter((page) => commandLines(page).length > 0))('%s shows command lines that there are', (page) => {
  expect(commandLines(page).filter((words) => !isCommandLine(words))).toEqual([])
})

test.each(pages.filter((page) => page.startsWith('docs/')))(
  '%s names no flag and no variable that there is not',
  (page) => {
    const flags = [...helps.values()].flatMap((help) => help.flags)
    const known = new Set(flags.flatMap(({ spelling, variable }) => [spelling.split(' ')[0], variable]))
    // Secrets that no flag gives, and flags of other programs.
    for (const other of ['ENCRYPTION_KEY', 'ENCRYPTION_KEY_PREVIOUS', '']) known.add(`CLERK_SERVER_${other}`)
    for (const other of ['--test', '--help']) known.add(other)
    const named = codeIn(proseOf(page)).flatMap((code) => [
      ...(/^--[a-z][\w-]*/.exec(code) ?? []),
      ...(/^CLERK_SERVER_\w*/.exec(code) ?? []),
    ])
    expect(named.filter((name) => !known.has(name))).toEqual([])
  },
)
