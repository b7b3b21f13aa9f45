import type { TextSample } from './postgres-sample.js'

/** How many values of a sample have at most what is rare: one may be drawn by chance. */
const rare = 1

/**
 * The longest parts of what is sought that have none of the trigrams of many values. They may overlap by a character.
 * `undefined` when nothing is to be left out, or what is left is not rare.
 *
 * Only letters and digits of ASCII are looked at. Other letters may be folded differently when they stand apart from
 * their neighbours, and where other characters are, an index has trigrams that are not in the text.
 */
export function rareStretches(sought: string, sample: TextSample): string[] | undefined {
  const words = sought.match(/[a-z0-9]{3,}/gi) ?? []
  const stretches = words.flatMap((word) => stretchesOf(word, (trigram) => sample.isFrequent(trigram.toLowerCase())))
  if (stretches.length === 0 || stretches.join() === words.join()) return undefined
  return sample.countOf(stretches.map((stretch) => stretch.toLowerCase())) <= rare ? stretches : undefined
}

function stretchesOf(word: string, isLeftOut: (trigram: string) => boolean): string[] {
  const stretches: string[] = []
  let start = 0
  for (let at = 0; at + 3 <= word.length; at++) {
    if (!isLeftOut(word.slice(at, at + 3))) continue
    stretches.push(word.slice(start, at + 2))
    start = at + 1
  }
  stretches.push(word.slice(start))
  return stretches.filter(({ length }) => length >= 3)
}
