import type { Flag, FlagTable, FlagValues } from './flags.js'

/** What follows the flags of a command, such as a file. */
export interface Operand {
  /** As the help shows it, in capitals. */
  name: string
  description: string
  optional?: boolean
  /** Takes whatever is left on the command line; only the last one can. */
  repeated?: boolean
}

/** One command of the command line. Its help and its reading of arguments come out of this table. */
export interface Command<Flags extends FlagTable = FlagTable> {
  /** What it does, in a few words that begin with a verb. */
  summary: string
  operands?: readonly Operand[]
  flags: Flags
  /** Flags of which one at most may be given. */
  exclusive?: readonly (string & keyof Flags)[]
  /** What else its user should know; paragraphs of the help. */
  notes?: readonly string[]
  /** What each exit code means. */
  exitCodes: Readonly<Record<number, string>>
  /** Whole command lines. */
  examples: readonly [string, ...string[]]
  /** Does it. What takes long to load is to be imported here, when it is needed. */
  run(flags: FlagValues<Flags>, operands: readonly string[]): Promise<void>
}

/** Lets the compiler see the values of a command's flags in its `run`; for others it is a command like any other. */
export const command = <const Flags extends FlagTable>(definition: Command<Flags>): Command => ({
  ...definition,
  run: (flags, operands) => definition.run(flags as FlagValues<Flags>, operands),
})

/** The environment variable that stands for a flag. */
export const variableOf = (flag: string) => `CLERK_SERVER_${flag.toUpperCase().replaceAll('-', '_')}`

/** Whether a flag is given or not, and has no value. */
export const isSwitch = (flag: Flag<unknown>) => flag.value === undefined
