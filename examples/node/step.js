let number = 0

/**
 * Does one step of the tour and says what came of it. The first step that fails ends the program with exit code 1.
 *
 * @template Result
 * @param {string} title
 * @param {() => Promise<Result>} work
 * @param {(result: Result) => string} [say] what to say of the result; a text speaks for itself
 * @returns {Promise<Result>}
 */
export async function step(title, work, say = String) {
  const label = `${String(++number).padStart(2)}  ${title.padEnd(42)}`
  try {
    const result = await work()
    console.log(label + say(result))
    return result
  } catch (error) {
    console.log(`${label}FAILED`)
    console.error(error)
    process.exit(1)
  }
}
