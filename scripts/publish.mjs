// `npm run publishPackage -- major|minor|patch [--dry-run]`: releases @clerk/clerk-sdk-node under its next version. When a
// step fails, everything is as it was before, unless it was pushed already. `--dry-run` tells what would be done.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { currentVersion, hasNews, nextVersion, packageName, parts, releaseFiles, writeVersion } from './release.mjs'
import { root } from './run.mjs'

const branch = 'main'
const workspace = ['--workspace', packageName]
const publish = ['npm', 'publish', ...workspace, '--access', 'public']

// Ctrl-C ends the step that runs. This program goes on, and takes back what was done.
process.on('SIGINT', () => {})

const { part, dryRun } = wanted()
const before = output(['git', 'rev-parse', 'HEAD'])
const version = nextVersion(part)
const tag = `v${version}`

/** What has to hold before anything is done, and what to do where it does not. */
const conditions = [
  {
    holds: () => output(['git', 'branch', '--show-current']) === branch,
    otherwise: `Releases are made from ${branch}: git switch ${branch}`,
  },
  {
    holds: () => output(['git', 'status', '--porcelain']) === '',
    otherwise: 'The working tree is not clean: commit what you have, or git stash --include-untracked',
  },
  {
    holds: () => output(['git', 'tag', '--list', tag]) === '',
    otherwise: `The tag ${tag} is there already: git tag --delete ${tag}, if it was never pushed`,
  },
  { holds: hasNews, otherwise: 'CHANGELOG.md has nothing under Unreleased: say there what is new' },
]

/**
 * What is done, in this order.
 *
 * @type {{ does: string, command?: string[], edit?: () => void, leavesThisMachine?: true }[]}
 */
const steps = [
  // Whether the last two steps will be allowed is better known before anything is done.
  { does: 'ask the registry who you are', command: ['npm', 'whoami'] },
  { does: `ask the remote whether it takes ${branch}`, command: ['git', 'push', '--dry-run', 'origin', branch] },
  { does: `say ${version} in the change log and the examples`, edit: () => writeVersion(version) },
  {
    does: `say ${version} in the package and the lockfile`,
    // Not more than these two: npm would also bring what is installed up to date.
    command: ['npm', 'version', version, ...workspace, '--no-git-tag-version', '--package-lock-only', '--offline'],
  },
  { does: 'build', command: ['npm', 'run', 'build'] },
  { does: 'test', command: ['npm', 'test'] },
  { does: 'commit', command: ['git', 'commit', '--message', `Release ${version}`, '--', ...releaseFiles] },
  { does: 'tag', command: ['git', 'tag', '--annotate', tag, '--message', `${packageName} ${version}`] },
  { does: 'push', command: ['git', 'push', '--atomic', 'origin', branch, tag], leavesThisMachine: true },
  { does: 'publish', command: publish },
]

/** Takes back what was done before it was pushed, however far that went. */
const undo = [
  ['git', 'update-ref', '-d', `refs/tags/${tag}`],
  ['git', 'reset', '--soft', before],
  ['git', 'checkout', before, '--', ...releaseFiles],
]

const notPublished = `
${tag} is pushed, but not published. When npm's complaint is mended: ${line(publish)}
To take it back instead: git push --delete origin ${tag} && git tag --delete ${tag} && git revert --no-edit HEAD && git push origin ${branch}`

for (const { otherwise } of conditions.filter(({ holds }) => !holds())) fail(otherwise)
if (process.exitCode) process.exit()
console.log(`${packageName} ${currentVersion()} → ${version}`)
if (dryRun) tell()
else release()

function tell() {
  for (const [index, step] of steps.entries()) console.log(titleOf(step, index))
  console.log('\nNothing of this was done. The package as it is now would hold:\n')
  if (!run(['npm', 'pack', '--dry-run', ...workspace])) fail('npm pack failed')
}

function release() {
  const failed = steps.findIndex((step, index) => {
    console.log(`\n${titleOf(step, index)}`)
    return !take(step)
  })
  const step = steps[failed]
  if (!step) return console.log(`\n${packageName} ${version} is published.`)
  const isPushed = steps.slice(0, failed).some(({ leavesThisMachine }) => leavesThisMachine)
  if (isPushed) fail(notPublished)
  else if (undo.every(run)) fail(`\nCould not ${step.does}. Everything is as it was before.`)
  else fail(`\nCould not ${step.does}, nor take back what was done. By hand: ${undo.map(line).join(' && ')}`)
}

/** @param {typeof steps[number]} step @returns {boolean} whether it was done */
function take({ command, edit }) {
  try {
    edit?.()
    return command === undefined || run(command)
  } catch (error) {
    console.error(error)
    return false
  }
}

/** @param {typeof steps[number]} step @param {number} index */
function titleOf({ does, command }, index) {
  return `${index + 1}. ${does}${command ? `: ${line(command)}` : ''}`
}

/** @param {string[]} command @returns {string} as it is typed */
function line(command) {
  return command.map((word) => (word.includes(' ') ? `"${word}"` : word)).join(' ')
}

/** @param {string[]} command @returns {boolean} whether it ended with 0 */
function run([program = '', ...args]) {
  const { error, status } = spawnSync(program, args, { cwd: root, stdio: 'inherit', env: environment() })
  if (error) console.error(error.message)
  return status === 0
}

/** @param {string[]} command @returns {string} what it prints */
function output([program = '', ...args]) {
  const { error, status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8' })
  if (status === 0) return stdout.trim()
  fail(error?.message ?? stderr)
  process.exit()
}

/** Yarn names a registry of its own to the programs that it starts, where nobody is logged in. */
function environment() {
  const { npm_config_registry: _, ...rest } = process.env
  return process.env['npm_config_user_agent']?.startsWith('yarn/') ? rest : process.env
}

/** @param {string} complaint */
function fail(complaint) {
  console.error(complaint)
  process.exitCode = 1
}

function wanted() {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'dry-run': { type: 'boolean' } } })
    const part = parts.find((name) => name === positionals[0])
    // Without `--` before it, npm keeps the flag to itself, and says so only here.
    const dryRun = values['dry-run'] ?? process.env['npm_config_dry_run'] === 'true'
    if (part && positionals.length === 1) return { part, dryRun }
  } catch {
    // An option that there is not.
  }
  fail(`usage: npm run publishPackage -- ${parts.join('|')} [--dry-run]`)
  process.exit()
}
