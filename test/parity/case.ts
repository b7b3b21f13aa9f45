import { expect, test } from 'vitest'
import type { Deviation } from './deviations.js'
import { type Differences, differences } from './difference.js'
import { type Recorder, startRecorder } from './recorder.js'
import { original, ours, type Subject } from './subjects.js'

/** In which parts the two differ, by the deviation that each part belongs to. */
export type Differs = { readonly [Name in Deviation]?: Differences }

/** One thing that is done with both packages, and what is seen of it. */
export interface Case {
  /** A sentence. */
  title: string
  /** Plain data: what there is to compare. The recorder is the server that the package is pointed to. */
  observe: (subject: Subject, recorder: Recorder) => Promise<unknown>
  /** What is seen of the original, in part: so that two that fail alike do not pass for two that work alike. */
  like?: object
  /** Nothing, where the two are the same. */
  differs?: Differs
}

/** Tests that the two packages do the same in each case, but for exactly the differences that the case lists. */
export async function testParity(cases: readonly Case[]): Promise<void> {
  const recorder = await startRecorder()
  test.each(cases.map((each) => [each.title, each] as const))('%s', async (_, { observe, like, differs = {} }) => {
    const before = await observe(original, recorder)
    if (like) expect(before).toMatchObject(like)
    const after = await observe(ours, recorder)
    expect(differences(before, after)).toEqual(Object.assign({}, ...Object.values(differs)))
  })
}
