// scenario 情景: a situation that branches. Each choice has an expert weight, and what came of it is the next scene.
// Points are the weights along the path; possible is the best path, so that a bad start can be mended in part.
import { z } from 'astro/zod'
import { pick } from '#quiz/chance.ts'
import {
  defineKind,
  everyItem,
  everyQuestion,
  fieldsAfter,
  graded,
  incomplete,
  own,
  Part,
  PartId,
  seen,
  stale,
  Text,
  textsOf,
} from '#quiz/kinds/kind.ts'

const Choice = z.strictObject({
  ...Part.shape,
  /** How good the experts hold it to be, 0 to 3. */
  weight: z.int('weight 写 0 到 3 的整数').min(0).max(3),
  /** What came of it and why it is worth so much; said afterwards only. */
  outcome: Text,
  /** The scene that follows; missing where the situation ends. */
  then: PartId.optional(),
})

const Scene = z.strictObject({
  id: PartId,
  /** What happens now. It says what came of the choice before as bare facts: the browser sees it. */
  text: Text,
  choices: z.array(Choice).min(2, '至少写两种做法').max(5, '最多写五种做法'),
})
type Scene = z.infer<typeof Scene>

type Choice = z.infer<typeof Choice>

const twice = (ids: readonly string[]) => new Set(ids).size < ids.length

const item = z
  .strictObject({
    ...everyItem,
    kind: z.literal('scenario'),
    /** The first is where it begins; `then` names a later one, so that every path ends. */
    scenes: z.array(Scene).min(2, '至少写两个场面').max(8, '最多写8个场面'),
  })
  .refine(({ scenes }) => !twice(scenes.map(({ id }) => id)), {
    path: ['scenes'],
    error: '有两个场面用了同一个编号',
  })
  .refine(({ scenes }) => scenes.every(({ choices }) => !twice(choices.map(({ id }) => id))), {
    path: ['scenes'],
    error: '一个场面里有两种做法用了同一个编号',
  })
  .refine(
    ({ scenes }) =>
      scenes.every(({ choices }, i) =>
        choices.every(({ then }) => then === undefined || scenes.findIndex(({ id }) => id === then) > i),
      ),
    { path: ['scenes'], error: 'then 只能写后面某个场面的编号' },
  )
  .refine(
    ({ scenes }) =>
      scenes
        .slice(1)
        .every(({ id }) => scenes.some(({ choices }) => choices.some(({ then }) => then === id))),
    { path: ['scenes'], error: '有一个场面从哪里都走不到' },
  )
  .refine(({ scenes }) => worthOf(scenes, mean) < worthOf(scenes, best), {
    path: ['scenes'],
    error: '几种做法的 weight 都一样，分不出好坏',
  })

const best = (worths: readonly number[]) => Math.max(...worths)
const mean = (worths: readonly number[]) => worths.reduce((sum, worth) => sum + worth, 0) / worths.length

/** What each scene is worth from there on, if of the worths of its choices `over` is taken. */
function worths(scenes: readonly Scene[], over: (worths: readonly number[]) => number): Map<string, number> {
  const of = new Map<string, number>()
  // `then` names a later scene, so that the last one comes first here.
  for (const { id, choices } of [...scenes].reverse()) {
    of.set(id, over(choices.map(({ weight, then = '' }) => weight + (of.get(then) ?? 0))))
  }
  return of
}

const worthOf = (scenes: readonly Scene[], over: typeof best) =>
  worths(scenes, over).get(scenes[0]?.id ?? '') ?? 0

type Decision = { scene: Scene; choice: Choice }

/** Decides scene by scene until the situation ends, or until nothing is decided. */
function walk(scenes: readonly Scene[], decide: (scene: Scene) => Choice | undefined) {
  const path: Decision[] = []
  let scene = scenes[0]
  while (scene) {
    const choice = decide(scene)
    if (!choice) return { path, open: scene }
    path.push({ scene, choice })
    scene = scenes.find(({ id }) => id === choice.then)
  }
  return { path, open: null }
}

/** The path of an answer, and the scene at which it says nothing or something unknown. */
const pathOf = (scenes: readonly Scene[], chosen: Readonly<Record<string, string>>) =>
  walk(scenes, (scene) => scene.choices.find(({ id }) => id === own(chosen, scene.id)))

const answerOf = ({ path }: { path: readonly Decision[] }) => ({
  kind: 'scenario' as const,
  chosen: Object.fromEntries(path.map(({ scene, choice }) => [scene.id, choice.id])),
})

/** An answer along the best path. */
function bestAnswer(scenes: readonly Scene[]) {
  const of = worths(scenes, best)
  const worth = ({ weight, then = '' }: Choice) => weight + (of.get(then) ?? 0)
  return answerOf(walk(scenes, ({ choices }) => [...choices].sort((a, b) => worth(b) - worth(a))[0]))
}

export const scenario = defineKind({
  name: '情景题',
  asks: '一步一步选怎么做',
  item,
  question: z.strictObject({
    ...everyQuestion,
    kind: z.literal('scenario'),
    scenes: z.array(
      z.strictObject({
        id: PartId,
        text: z.string(),
        choices: z.array(
          z.strictObject({
            ...Part.shape,
            /** The scene that follows; the situation ends where it is missing. */
            then: PartId.optional(),
          }),
        ),
      }),
    ),
  }),
  answer: z.strictObject({
    kind: z.literal('scenario'),
    /** For each scene the id of the choice; what does not lie on the path counts for nothing. */
    chosen: z.record(PartId, PartId),
  }),
  publicHalf: (item, arrange) => ({
    ...seen(item),
    kind: item.kind,
    scenes: item.scenes.map(({ id, text, choices }) => ({
      id,
      text,
      choices: arrange(choices).map(({ id, text, then }) => ({ id, text, ...(then && { then }) })),
    })),
  }),
  printed: ({ scenes }) => scenes.map(({ text, choices }) => ({ text, lists: [textsOf(choices)] })),
  parseAnswer: (form) => ({
    kind: 'scenario' as const,
    chosen: Object.fromEntries(fieldsAfter(form, 'scene-')),
  }),
  fields: ({ chosen }) => Object.entries(chosen).map(([scene, choice]) => [`scene-${scene}`, choice]),
  grade({ scenes }, { chosen }) {
    const { path, open } = pathOf(scenes, chosen)
    if (open)
      return own(chosen, open.id) === undefined
        ? incomplete(`第${path.length + 1}步还没有选，请选一种做法`)
        : stale
    const earned = path.reduce((sum, { choice }) => sum + choice.weight, 0)
    return graded(earned, worthOf(scenes, best))
  },
  guessing: ({ scenes }) => worthOf(scenes, mean) / worthOf(scenes, best),
  blind: ({ scenes }, random) => answerOf(walk(scenes, ({ choices }) => pick(random, choices))),
  right: ({ scenes }) => bestAnswer(scenes),
  say: ({ scenes }, { chosen }) =>
    pathOf(scenes, chosen)
      .path.map(({ choice }, i) => `${i + 1}. ${choice.text}`)
      .join('；'),
  explain: ({ scenes }, { chosen }) =>
    pathOf(scenes, chosen).path.map(
      ({ choice }, i) => `第${i + 1}步得${choice.weight}分。${choice.text}——${choice.outcome}`,
    ),
})
