import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rareStretches } from '../src/database/user-search/rare-stretches.js'

/** A sample in which nobody has what is asked for. */
const frequent = (...trigrams: string[]) => ({
  isFrequent: (trigram: string) => trigrams.includes(trigram),
  countOf: () => 0,
})

describe('of what is sought, an index is asked for', () => {
  const cases: [string, string[], string[]][] = [
    ['ser123456@exam', ['ser', 'exa', 'xam'], ['er123456']],
    ['123456@example.com', ['exa', 'xam', 'amp', 'mpl', 'ple', 'com'], ['123456']],
    ['adaexamada', ['exa', 'xam'], ['adaex', 'amada']],
    ['userexam', ['use', 'exa'], ['serex', 'xam']],
    ['Ada@EXAM', ['exa', 'xam'], ['Ada']],
    ['ada-exam-love', ['exa', 'xam'], ['ada', 'love']],
    ['adölfexam', ['exa', 'xam'], ['lfex']],
  ]
  test.each(cases)('%s without %j: %j', (sought, trigrams, stretches) => {
    expect(rareStretches(sought, frequent(...trigrams))).toEqual(stretches)
  })
})

test('whoever has what is sought has all that an index is asked for, and nothing of that is frequent', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'C', '1', '@', 'ö') })
  fc.assert(
    fc.property(text, fc.array(fc.constantFrom('aab', 'aba', 'bca', 'a1a', 'aaa')), (sought, trigrams) => {
      for (const stretch of rareStretches(sought, frequent(...trigrams)) ?? []) {
        expect(sought).toContain(stretch)
        for (const trigram of trigrams) expect(stretch.toLowerCase()).not.toContain(trigram)
      }
    }),
  )
})

describe('an index is asked for all that is sought', () => {
  test('when nothing of it is frequent', () => {
    expect(rareStretches('ada.love@lace', frequent('exa'))).toBeUndefined()
  })

  test.each(['exam', '@exam', 'ab@exam', '\u001f\u001fus', '', 'имя', '%_\\'])(
    'when nothing is left of it: %j',
    (sought) => {
      expect(rareStretches(sought, frequent('exa', 'xam'))).toBeUndefined()
    },
  )

  test('when what is left is not rare', () => {
    const asked: (readonly string[])[] = []
    const sample = {
      ...frequent('exa', 'xam'),
      countOf(parts: readonly string[]) {
        asked.push(parts)
        return 2
      },
    }
    expect(rareStretches('ADA@exam.Love', sample)).toBeUndefined()
    expect(asked).toEqual([['ada', 'love']])
  })
})
