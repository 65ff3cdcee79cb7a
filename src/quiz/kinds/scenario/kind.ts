// scenario 情景: a situation that branches. Each choice has an expert weight, and what came of it is the next scene.
// Points are the weights along the path; possible is the best path, so that a bad start can be mended in part.
import { z } from 'astro/zod'
import {
  defineKind,
  everyItem,
  everyQuestion,
  fieldsAfter,
  graded,
  incomplete,
  Part,
  PartId,
  seen,
  stale,
  Text,
  textOf,
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

const twice = (ids: readonly string[]) => new Set(ids).size < ids.length

const item = z
  .strictObject({
    ...everyItem,
    kind: z.literal('scenario'),
    /** The first is where it begins; `then` names a later one, so that every path ends. */
    scenes: z.array(Scene).min(1).max(8, '最多写8个场面'),
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
  .refine(({ scenes }) => bestFrom(scenes, scenes[0]?.id) > 0, {
    path: ['scenes'],
    error: '至少有一种做法的 weight 要大于0',
  })

const sceneOf = (scenes: readonly Scene[], id: string | undefined) => scenes.find((scene) => scene.id === id)

/** Weights of the best path from a scene on. */
function bestFrom(scenes: readonly Scene[], id: string | undefined): number {
  const choices = sceneOf(scenes, id)?.choices ?? []
  return Math.max(0, ...choices.map(({ weight, then }) => weight + bestFrom(scenes, then)))
}

/** Weights that somebody gets on average who chooses blindly. */
function blindFrom(scenes: readonly Scene[], id: string | undefined): number {
  const choices = sceneOf(scenes, id)?.choices ?? []
  const sum = choices.reduce((total, { weight, then }) => total + weight + blindFrom(scenes, then), 0)
  return choices.length === 0 ? 0 : sum / choices.length
}

/** The choices along the path that was taken, and the scene at which one is missing or unknown. */
function pathOf(scenes: readonly Scene[], chosen: Readonly<Record<string, string>>) {
  const path: { scene: Scene; choice: z.infer<typeof Choice> }[] = []
  let scene = scenes[0]
  while (scene) {
    const id = chosen[scene.id]
    const choice = scene.choices.find((one) => one.id === id)
    if (!choice) return { path, missing: scene, unknown: id !== undefined }
    path.push({ scene, choice })
    scene = sceneOf(scenes, choice.then)
  }
  return { path, missing: null, unknown: false }
}

/** The best path, as an answer. */
function bestPath(scenes: readonly Scene[]): Record<string, string> {
  const chosen: Record<string, string> = {}
  let scene = scenes[0]
  while (scene) {
    const worth = ({ weight, then }: z.infer<typeof Choice>) => weight + bestFrom(scenes, then)
    const [best] = scene.choices.toSorted((a, b) => worth(b) - worth(a))
    if (!best) break
    chosen[scene.id] = best.id
    scene = sceneOf(scenes, best.then)
  }
  return chosen
}

export const scenario = defineKind({
  item,
  question: z.strictObject({
    ...everyQuestion,
    kind: z.literal('scenario'),
    scenes: z.array(
      z.strictObject({
        id: PartId,
        text: z.string(),
        choices: z.array(z.strictObject({ ...Part.shape, then: PartId.optional() })),
      }),
    ),
  }),
  answer: z.strictObject({
    kind: z.literal('scenario'),
    /** For each scene on the path the id of the choice. */
    chosen: z.record(PartId, PartId),
  }),
  publicHalf: (item, arrange) => ({
    ...seen(item),
    kind: item.kind,
    scenes: item.scenes.map(({ id, text, choices }) => ({
      ...{ id, text },
      choices: arrange(choices, []).map(({ id: choice, text: said }) => {
        const then = choices.find((one) => one.id === choice)?.then
        return { id: choice, text: said, ...(then === undefined ? {} : { then }) }
      }),
    })),
  }),
  parseAnswer: (form) => ({
    kind: 'scenario' as const,
    chosen: Object.fromEntries(fieldsAfter(form, 'scene-')),
  }),
  grade({ scenes }, { chosen }) {
    const { path, missing, unknown } = pathOf(scenes, chosen)
    if (unknown) return stale
    if (missing) return incomplete(`第${path.length + 1}步还没有选，请选一种做法`)
    const earned = path.reduce((sum, { choice }) => sum + choice.weight, 0)
    return graded(earned, bestFrom(scenes, scenes[0]?.id))
  },
  guessing: ({ scenes }) => blindFrom(scenes, scenes[0]?.id) / bestFrom(scenes, scenes[0]?.id),
  right: ({ scenes }) => ({ kind: 'scenario' as const, chosen: bestPath(scenes) }),
  say: ({ scenes }, { chosen }) =>
    pathOf(scenes, chosen)
      .path.map(({ scene, choice }, i) => `${i + 1}. ${textOf(scene.choices, choice.id)}`)
      .join('；'),
  explain: ({ scenes }, { chosen }) =>
    pathOf(scenes, chosen).path.map(({ choice }) => `“${choice.text}”：${choice.outcome}`),
})
