/**
 * The middle one of some figures: what a run has that neither luck nor a neighbour made.
 *
 * @param {number[]} figures
 */
export function median(figures) {
  const sorted = [...figures].sort((a, b) => a - b)
  return /** @type {number} */ (sorted[Math.floor(sorted.length / 2)])
}
