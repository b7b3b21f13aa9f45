#!/usr/bin/env node
import manifest from '../package.json' with { type: 'json' }
import { parseCommand } from './cli/arguments.js'
import { help, startHelp } from './cli/help.js'
import { StartupError } from './startup-error.js'

async function run(args: string[]): Promise<void> {
  const command = parseCommand(args)
  if (command.name === 'version') process.stdout.write(`${manifest.version}\n`)
  else if (command.name === 'help') process.stdout.write(command.of === 'start' ? startHelp : help)
  else {
    const { start } = await import('./cli/start.js')
    await start(command.arguments)
  }
}

run(process.argv.slice(2)).catch((error: unknown) => {
  const expected = error instanceof StartupError
  process.stderr.write(`clerk-server: ${expected ? error.message : (error as Error).stack}\n`)
  process.exit(expected ? error.exitCode : 1)
})
