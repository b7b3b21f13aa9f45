import manifest from '../package.json' with { type: 'json' }
import { readArguments } from './cli/arguments.js'
import { commands } from './cli/commands/index.js'
import { helpText } from './cli/help.js'
import { StartupError } from './startup-error.js'

async function run(args: string[]): Promise<void> {
  const invocation = readArguments(commands, args, process.env)
  if (invocation.kind === 'version') process.stdout.write(`${manifest.version}\n`)
  else if (invocation.kind === 'help') process.stdout.write(helpText(commands, invocation.of))
  else await invocation.command.run(invocation.flags, invocation.operands)
}

run(process.argv.slice(2)).catch((error: unknown) => {
  const expected = error instanceof StartupError
  process.stderr.write(`clerk-server: ${expected ? error.message : (error as Error).stack}\n`)
  process.exit(expected ? error.exitCode : 1)
})
