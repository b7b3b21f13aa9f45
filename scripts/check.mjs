// The gate: every check there is, each of them run whatever the others say, and one line of counts at the end.
// `--only types,lint` runs single steps.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root, run } from './run.mjs'
import { countTests } from './test-counts.mjs'

const results = join(root, 'test-results')
const gateReport = join(results, 'gate.json')
const testReport = join(results, 'vitest.json')
const node = process.execPath

/** @param {string} name a program that a package brought */
const bin = (name) => join(root, 'node_modules', '.bin', name)

/** @type {{ name: string, promise: string, commands: string[][] }[]} */
const steps = [
  {
    name: 'build',
    promise: 'both packages build',
    commands: [[node, 'scripts/build.mjs', '--if-stale']],
  },
  {
    name: 'packed',
    promise: 'the packed packages install and work elsewhere',
    commands: [[node, 'scripts/check-pack.mjs']],
  },
  {
    name: 'types',
    promise: 'everything type-checks',
    commands: projects().map((project) => [
      ...[bin('tsc'), '--project', project, '--pretty', 'false'],
      ...['--incremental', '--tsBuildInfoFile', `node_modules/.cache/types/${project}.tsbuildinfo`],
    ]),
  },
  {
    name: 'lint',
    promise: 'no promise is left floating',
    commands: [[bin('eslint'), '.', '--max-warnings', '0', '--no-color']],
  },
  {
    name: 'format',
    promise: 'everything is formatted and linted',
    commands: [[bin('biome'), 'ci', '--error-on-warnings', '--colors=off']],
  },
  {
    name: 'directions',
    promise: 'imports point the way they may',
    commands: [[node, 'scripts/check-directions.mjs']],
  },
  {
    name: 'unused',
    promise: 'nothing is unused or undeclared',
    commands: [[bin('knip'), '--no-progress', '--treat-config-hints-as-errors']],
  },
  {
    name: 'tests',
    promise: 'every test passes',
    commands: [
      [
        ...[bin('vitest'), 'run', '--allowOnly=false', '--passWithNoTests=false'],
        ...['--reporter=default', '--reporter=json', `--outputFile.json=${testReport}`],
      ],
    ],
  },
]

const only = wantedSteps()
mkdirSync(results, { recursive: true })
for (const report of [gateReport, testReport]) rmSync(report, { force: true })

// The build comes first, because the rest reads it; the tests come last and alone, because they print as they go and
// some of them measure. What is between keeps two processors busy.
const wanted = steps.filter(({ name }) => only.includes(name))
const between = wanted.filter(({ name }) => name !== 'build' && name !== 'tests')
/** @type {Outcome[]} */
const outcomes = []
for (const group of [
  wanted.filter(({ name }) => name === 'build'),
  between,
  wanted.filter(({ name }) => name === 'tests'),
]) {
  await Promise.all([work(group), work(group)])
}

const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0)
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0)
writeFileSync(gateReport, `${JSON.stringify({ passed, failed, steps: outcomes }, null, 2)}\n`)
const broken = outcomes.filter((outcome) => outcome.failed > 0).map(({ name }) => name)
if (broken.length > 0) console.log(`\nfailed: ${broken.join(', ')}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0

/** @typedef {{ name: string, seconds: number, passed: number, failed: number }} Outcome */

/** Takes steps off the list until none is left. @param {typeof steps} list */
async function work(list) {
  for (let step = list.shift(); step; step = list.shift()) outcomes.push(await take(step))
}

/** @param {typeof steps[number]} step @returns {Promise<Outcome>} */
async function take({ name, promise, commands }) {
  const live = name === 'tests'
  let output = ''
  let seconds = 0
  let ok = true
  for (const command of commands) {
    const outcome = await run(command, { live })
    output += outcome.output
    seconds += outcome.seconds
    ok &&= outcome.ok
  }
  const counts = live ? countTests(testReport, ok) : { passed: ok ? 1 : 0, failed: ok ? 0 : 1 }
  const verdict = counts.failed === 0 ? 'ok    ' : 'FAILED'
  console.log(`${verdict}  ${name.padEnd(10)}  ${seconds.toFixed(1).padStart(5)} s  ${promise}`)
  if (counts.failed > 0 && output) console.log(output.trimEnd().replaceAll(/^/gm, '        '))
  return { name, seconds, ...counts }
}

/** Every TypeScript project of the repository. */
function projects() {
  const folders = ['.', ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`)]
  return folders.map((folder) => `${folder}/tsconfig.json`).filter((project) => existsSync(join(root, project)))
}

function wantedSteps() {
  const names = steps.map(({ name }) => name)
  const { values } = parseArgs({ options: { only: { type: 'string' } } })
  const chosen = values.only?.split(',') ?? names
  const unknown = chosen.filter((name) => !names.includes(name))
  if (unknown.length === 0) return chosen
  console.error(`no such step: ${unknown.join(', ')}; there are ${names.join(', ')}`)
  process.exit(2)
}
