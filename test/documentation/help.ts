import { run } from '../support/command-line.js'

export interface HelpFlag {
  /** As the help shows it: `--port PORT`. */
  spelling: string
  /** Empty where there is none. */
  fallback: string
  variable: string
}

export interface Help {
  flags: HelpFlag[]
  exitCodes: number[]
}

/** The names of the commands, as the help lists them. */
export async function commandNames(): Promise<string[]> {
  const { stdout } = await run('--help')
  return rowsIn(stdout, 'Commands').map(([name]) => name)
}

/** What the help of a command says of its flags and its exit codes. */
export async function helpOf(command: string): Promise<Help> {
  const { stdout } = await run(...command.split(' '), '--help')
  const flags = rowsIn(stdout, 'Flags').filter(([spelling]) => spelling !== '-h, --help')
  return {
    flags: flags.map(([spelling, text]) => ({
      spelling,
      fallback: /\(default (\S+)\) \[/.exec(text)?.[1] ?? '',
      variable: /\[(\w+)\]$/.exec(text)?.[1] ?? '',
    })),
    exitCodes: rowsIn(stdout, 'Exit codes').map(([code]) => Number(code)),
  }
}

/** A section of two columns; lines that go on are put together. */
function rowsIn(help: string, section: string): [name: string, text: string][] {
  const lines = (new RegExp(`^${section}\\n((?: {2}.*\\n)+)`, 'm').exec(help)?.[1] ?? '').split('\n')
  const rows: [string, string][] = []
  for (const line of lines.filter((one) => one !== '')) {
    const [, name, text = ''] = /^ {2}(\S.*?) {2,}(\S.*)$/.exec(line) ?? []
    if (name !== undefined) rows.push([name, text])
    else rows.splice(-1, 1, [rows.at(-1)?.[0] ?? '', `${rows.at(-1)?.[1]} ${line.trim()}`])
  }
  return rows
}
