/** How many promises were found to hold in this process, and how many not. */
export const counts = { passed: 0, failed: 0 }

/**
 * Checks one promise, prints whether it holds, and makes this process fail if it does not. The next one is checked all
 * the same.
 *
 * @template T
 * @param {string} promise
 * @param {() => T | Promise<T>} check throws if it does not hold
 * @returns {Promise<T | undefined>} what the check returned, `undefined` if it threw
 */
export async function holds(promise, check) {
  try {
    const result = await check()
    counts.passed += 1
    console.log(`ok      ${promise}`)
    return result
  } catch (error) {
    counts.failed += 1
    process.exitCode = 1
    console.log(`FAILED  ${promise}`)
    console.log(String(error instanceof Error ? error.message : error).replaceAll(/^/gm, '        '))
  }
}
