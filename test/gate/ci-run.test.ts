import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'

const ci = fileURLToPath(new URL('../../.ci', import.meta.url))

interface Run {
  /** What it counts; it writes nothing when it dies. */
  counts?: { passed: number; failed: number }
  status: number
}

interface Outcome {
  gate: Run
  nodes?: Run
  tour?: number
}

/** Runs .ci/run where `npm` does nothing but come to an outcome. */
function runCi({ gate, nodes = { counts: { passed: 7, failed: 0 }, status: 0 }, tour = 0 }: Outcome) {
  const root = mkdtempSync(join(tmpdir(), 'clerk-ci-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  cpSync(ci, join(root, '.ci'), { recursive: true })
  mkdirSync(join(root, 'test-results'))
  const report = (name: string) => join(root, `test-results/${name}.json`)
  // Of a run before this one: they must not be mistaken for the counts of this one.
  for (const name of ['gate', 'nodes']) writeFileSync(report(name), '{ "passed": 99, "failed": 0 }')
  const come = (name: string, { counts, status }: Run) =>
    `echo "$*" >> ran; ${counts ? `echo '${JSON.stringify(counts)}' > ${report(name)};` : ''} exit ${status}`
  const npm = `#!/bin/sh
    case "$*" in
      'cit') ${come('gate', gate)} ;;
      'run test:nodes') ${come('nodes', nodes)} ;;
      'start -- --once') echo "$*" >> ran; exit ${tour} ;;
    esac
    exit 9`
  writeFileSync(join(root, 'npm'), npm)
  chmodSync(join(root, 'npm'), 0o755)
  const { status, stdout } = spawnSync('bash', ['.ci/run'], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: `${root}:${process.env['PATH']}` },
  })
  const ran = readFileSync(join(root, 'ran'), 'utf8').trimEnd().split('\n')
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1), ran }
}

const everything = ['cit', 'run test:nodes', 'start -- --once']
const good: Run = { counts: { passed: 41, failed: 0 }, status: 0 }

test('CI counts what the gate and the other Nodes count, and the tour as one more', () => {
  expect(runCi({ gate: good })).toEqual({ status: 0, lastLine: '49 passed, 0 failed', ran: everything })
})

test('CI fails with the gate, and still goes to the other Nodes and takes the tour', () => {
  const outcome = runCi({ gate: { counts: { passed: 38, failed: 3 }, status: 1 } })
  expect(outcome).toEqual({ status: 1, lastLine: '46 passed, 3 failed', ran: everything })
})

test('CI fails with the other Nodes, and still takes the tour', () => {
  const outcome = runCi({ gate: good, nodes: { counts: { passed: 5, failed: 2 }, status: 1 } })
  expect(outcome).toEqual({ status: 1, lastLine: '47 passed, 2 failed', ran: everything })
})

test('CI fails with the tour', () => {
  expect(runCi({ gate: good, tour: 1 })).toEqual({ status: 1, lastLine: '48 passed, 1 failed', ran: everything })
})

describe.each(['gate', 'nodes'] as const)('one failure is counted when %s', (name) => {
  const others = name === 'gate' ? 7 : 41
  const run = (outcome: Run) => runCi({ gate: good, [name]: outcome })

  test('dies before it counts', () => {
    expect(run({ status: 1 })).toMatchObject({ status: 1, lastLine: `${others + 1} passed, 1 failed` })
  })

  test('ends badly after it counted no failure', () => {
    const outcome = run({ counts: { passed: 3, failed: 0 }, status: 137 })
    expect(outcome).toMatchObject({ status: 1, lastLine: `${others + 4} passed, 1 failed` })
  })

  test('ends well without having counted', () => {
    expect(run({ status: 0 })).toMatchObject({ status: 1, lastLine: `${others + 1} passed, 1 failed` })
  })
})
