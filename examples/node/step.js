let number = 0

/**
 * Does one step of the tour and says what came of it. The first step that fails ends the program with exit code 1.
 *
 * @template Result
 * @param {string} title
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function step(title, work) {
  const label = `${String(++number).padStart(2)}  ${title.padEnd(42)}`
  try {
    const result = await work()
    console.log(`${label}${describe(result)}`)
    return result
  } catch (error) {
    console.log(`${label}FAILED`)
    console.error(error)
    process.exit(1)
  }
}

/** @param {unknown} result */
function describe(result) {
  const one = (/** @type {any} */ item) => (typeof item === 'string' ? shortened(item) : item.id)
  return Array.isArray(result) ? result.map(one).join(' ') : one(result)
}

/** @param {string} text */
const shortened = (text) => (text.length > 110 ? `${text.slice(0, 80)}… (${text.length} characters)` : text)
