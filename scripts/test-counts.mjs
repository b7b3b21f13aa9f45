// What a run of vitest amounts to.
import { readFileSync } from 'node:fs'

/**
 * Counts so strictly that nothing can go missing: a test that was skipped could not run, and so has failed; so has a
 * file that could not be loaded, and a run that ended badly though each of its tests passed.
 *
 * @param {string} report the file vitest's JSON reporter wrote
 * @param {boolean} ok whether vitest ended with 0
 * @returns {{ passed: number, failed: number }}
 */
export function countTests(report, ok) {
  const files = read(report)
  let passed = 0
  let failed = 0
  for (const { assertionResults, status } of files) {
    const good = assertionResults.filter((test) => test.status === 'passed').length
    const bad = assertionResults.length - good
    passed += good
    failed += bad === 0 && status !== 'passed' ? 1 : bad
  }
  if (failed === 0 && (!ok || passed === 0)) failed = 1
  return { passed, failed }
}

/**
 * @param {string} report
 * @returns {{ status: string, assertionResults: { status: string }[] }[]} one for each test file
 */
function read(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8')).testResults
  } catch {
    return [] // vitest died before it could write: the run counts as one failure
  }
}
