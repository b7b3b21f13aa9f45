/**
 * Something that takes long to make, made when it is first asked for, and kept. A failure is not: whoever asks next has it
 * tried again.
 */
export function madeOnce<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let kept: Promise<Made> | undefined
  return () => {
    kept ??= make().catch((error: unknown) => {
      kept = undefined
      throw error
    })
    return kept
  }
}
