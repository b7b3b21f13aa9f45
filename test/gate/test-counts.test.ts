import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { countTests } from '../../scripts/test-counts.mjs'

type File = { status: string; assertionResults: { status: string }[] }

const file = (status: string, ...tests: string[]): File => ({
  status,
  assertionResults: tests.map((status) => ({ status })),
})

function report(...testResults: File[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'clerk-counts-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'vitest.json')
  writeFileSync(path, JSON.stringify({ testResults }))
  return path
}

test('tests that passed and tests that failed are counted', () => {
  const path = report(file('failed', 'passed', 'failed'), file('passed', 'passed'))
  expect(countTests(path, false)).toEqual({ passed: 2, failed: 1 })
})

test('a test that was skipped, or is still to be written, has failed', () => {
  expect(countTests(report(file('passed', 'passed', 'skipped', 'pending', 'todo')), true)).toEqual({
    passed: 1,
    failed: 3,
  })
})

test('a file that could not be loaded has failed once', () => {
  expect(countTests(report(file('failed'), file('passed', 'passed')), false)).toEqual({ passed: 1, failed: 1 })
})

test('a hook that failed after its tests passed is a failure', () => {
  expect(countTests(report(file('failed', 'passed')), false)).toEqual({ passed: 1, failed: 1 })
})

test('a run that ended badly has failed once though each of its tests passed', () => {
  expect(countTests(report(file('passed', 'passed')), false)).toEqual({ passed: 1, failed: 1 })
})

test('a run without a test has failed', () => {
  expect(countTests(report(), true)).toEqual({ passed: 0, failed: 1 })
})

test('a run that died before it could report has failed', () => {
  expect(countTests('nowhere/vitest.json', true)).toEqual({ passed: 0, failed: 1 })
})
