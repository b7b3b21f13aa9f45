import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const ci = fileURLToPath(new URL('../../.ci', import.meta.url))

interface Outcome {
  /** What the gate counts; it writes nothing when it dies. */
  counts?: { passed: number; failed: number }
  gate: number
  tour: number
}

/** Runs .ci/run where `npm` does nothing but come to an outcome. */
function runCi({ counts, gate, tour }: Outcome) {
  const root = mkdtempSync(join(tmpdir(), 'clerk-ci-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  cpSync(ci, join(root, '.ci'), { recursive: true })
  mkdirSync(join(root, 'test-results'))
  // Of a run before this one: it must not be mistaken for the counts of this one.
  writeFileSync(join(root, 'test-results/gate.json'), '{ "passed": 99, "failed": 0 }')
  const write = counts ? `echo '${JSON.stringify(counts)}' > test-results/gate.json` : ':'
  const npm = `#!/bin/sh
    echo "npm $*"
    case $1 in
      cit) ${write}; exit ${gate} ;;
      start) touch toured; [ "$*" = "start -- --once" ] || exit 9; exit ${tour} ;;
    esac`
  writeFileSync(join(root, 'npm'), npm)
  chmodSync(join(root, 'npm'), 0o755)
  const { status, stdout } = spawnSync('bash', ['.ci/run'], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: `${root}:${process.env['PATH']}` },
  })
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1), toured: existsSync(join(root, 'toured')) }
}

test('CI counts what the gate counts, and the tour as one more', () => {
  const outcome = runCi({ counts: { passed: 41, failed: 0 }, gate: 0, tour: 0 })
  expect(outcome).toEqual({ status: 0, lastLine: '42 passed, 0 failed', toured: true })
})

test('CI fails with the gate, and still takes the tour', () => {
  const outcome = runCi({ counts: { passed: 38, failed: 3 }, gate: 1, tour: 0 })
  expect(outcome).toEqual({ status: 1, lastLine: '39 passed, 3 failed', toured: true })
})

test('CI fails with the tour', () => {
  const outcome = runCi({ counts: { passed: 41, failed: 0 }, gate: 0, tour: 1 })
  expect(outcome).toEqual({ status: 1, lastLine: '41 passed, 1 failed', toured: true })
})

test('a gate that dies before it counts is one failure', () => {
  expect(runCi({ gate: 1, tour: 0 })).toMatchObject({ status: 1, lastLine: '1 passed, 1 failed' })
})

test('a gate that ends badly after it counted no failure is one failure', () => {
  const outcome = runCi({ counts: { passed: 41, failed: 0 }, gate: 137, tour: 0 })
  expect(outcome).toMatchObject({ status: 1, lastLine: '42 passed, 1 failed' })
})

test('a gate that ends well without having counted is one failure', () => {
  expect(runCi({ gate: 0, tour: 0 })).toMatchObject({ status: 1, lastLine: '1 passed, 1 failed' })
})
