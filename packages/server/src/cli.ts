import { existsSync } from 'node:fs'
import manifest from '../package.json' with { type: 'json' }
import { parseCommand } from './cli/arguments.js'
import { help, startHelp } from './cli/help.js'
import { keyringPath } from './instance/keyring-path.js'
import { preparePrivateKey } from './instance/private-key.js'
import type { Storage } from './options.js'
import { StartupError } from './startup-error.js'

async function run(args: string[]): Promise<void> {
  const command = parseCommand(args)
  if (command.name === 'version') process.stdout.write(`${manifest.version}\n`)
  else if (command.name === 'help') process.stdout.write(command.of === 'start' ? startHelp : help)
  else {
    if (isFirstStart(command.arguments.storage)) preparePrivateKey()
    const { start } = await import('./cli/start.js')
    await start(command.arguments)
  }
}

/** Whether keys will have to be made, as far as can be told without opening anything. */
function isFirstStart(storage: Storage): boolean {
  return 'memory' in storage || ('dataDir' in storage && !existsSync(keyringPath(storage.dataDir)))
}

run(process.argv.slice(2)).catch((error: unknown) => {
  const expected = error instanceof StartupError
  process.stderr.write(`clerk-server: ${expected ? error.message : (error as Error).stack}\n`)
  process.exit(expected ? error.exitCode : 1)
})
