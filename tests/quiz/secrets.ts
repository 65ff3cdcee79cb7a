// For every kind, items that differ from its sample only in what a browser must not learn. Whoever adds a kind adds them
// here, or the types and the test of the public half fail.
import type { ItemOf, KindName } from '#quiz/kinds/registry.ts'
import { meeting, samples } from './samples.ts'

type Scene = ItemOf<'scenario'>['scenes'][number]
const { scenario, procedure, multiple } = samples

const scenes = (change: (choice: Scene['choices'][number], n: number) => object): Scene[] =>
  scenario.scenes.map((scene) => ({
    ...scene,
    choices: scene.choices.map((choice, n) => ({ ...choice, ...change(choice, n) })),
  }))

/** The procedure of the sample with other needs. */
const needs = (change: Record<string, number | [number, number]>) => ({
  ...meeting,
  steps: meeting.steps.map((step) => ({
    ...step,
    needs: step.needs.map((need) =>
      Object.keys(change).some((name) => name in need) ? { ...need, ...change } : need,
    ),
  })),
})
const [propose, meet, publish] = meeting.steps
if (!propose || !meet || !publish) throw new Error('The procedure has lost its steps.')
const [next, least, judge] = procedure.stages
if (judge?.ask !== 'judge' || !next || !least) throw new Error('The procedure asks something else.')

export const secrets: { [K in KindName]: ItemOf<K>[] } = {
  single: ['a', 'c', 'd'].map((key) => ({ ...samples.single, key })),
  multiple: [
    ...[['a'], ['c', 'd'], ['a', 'b', 'c', 'd']].map((key) => ({ ...multiple, key })),
    { ...multiple, credit: 'all-or-nothing' },
    { ...multiple, credit: 'each-option' },
  ],
  'true-false': [{ ...samples['true-false'], key: true }],
  order: [
    { ...samples.order, key: ['d', 'c', 'b', 'a'] },
    { ...samples.order, key: ['b', 'c', 'a', 'd'], steps: samples.order.steps.toReversed() },
  ],
  match: [
    { ...samples.match, key: { l1: 'r4', l2: 'r4', l3: 'r4' } },
    { ...samples.match, right: samples.match.right.toReversed() },
  ],
  'fill-in': [{ ...samples['fill-in'], key: { accept: ['别的', '30'] } }],
  scenario: [
    { ...scenario, scenes: scenes(({ weight }) => ({ weight: 3 - weight })) },
    { ...scenario, scenes: scenes((_, n) => ({ weight: n })) },
    { ...scenario, scenes: scenes(() => ({ outcome: '另一种后果' })) },
    {
      ...scenario,
      scenes: scenes(() => ({})).map((scene) => ({ ...scene, choices: scene.choices.toReversed() })),
    },
  ],
  procedure: [
    { ...procedure, rules: needs({ atLeast: [1, 2] }) },
    { ...procedure, rules: needs({ moreThan: [1, 10] }) },
    { ...procedure, rules: needs({ least: 5 }) },
    { ...procedure, rules: needs({ most: 1 }) },
    { ...procedure, rules: { ...meeting, source: '另一处' } },
    // Another order, and other steps that may be left out.
    { ...procedure, rules: { ...meeting, steps: [meet, propose, publish] } },
    { ...procedure, rules: { ...meeting, steps: [{ ...propose, mayFollow: ['meet'] }, meet, publish] } },
    // What the record was made after.
    { ...procedure, stages: [next, least, { ...judge, after: 'publish' }] },
    { ...procedure, stages: [next, least, { ...judge, after: null }] },
  ],
  'short-answer': [
    { ...samples['short-answer'], rubric: [{ id: 'r9', text: '另一条', points: 5 }] },
    { ...samples['short-answer'], model: '另一种答法。' },
  ],
}

/** What no kind shows, under other values. */
export const hiddenOfEvery = {
  passage: '另一句原文',
  rationale: '另一个道理',
  difficulty: 'hard',
  indicator: 'openness',
  source: 'lsn-lingyike',
} as const
