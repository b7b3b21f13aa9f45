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
    console.log(`ok      ${promise}`)
    return result
  } catch (error) {
    process.exitCode = 1
    console.log(`FAILED  ${promise}`)
    console.log(String(error instanceof Error ? error.message : error).replaceAll(/^/gm, '        '))
  }
}
