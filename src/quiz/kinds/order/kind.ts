// order 排序: put the steps in order. A point for each step that is directly followed by the step that should
// follow it ("relative to next item", as Moodle's ordering question names it), so a chain in the wrong place still counts.
import { z } from 'astro/zod'
import { inAnyOrder } from '#quiz/chance.ts'
import {
  defineKind,
  everyItem,
  everyQuestion,
  fieldsAfter,
  graded,
  incomplete,
  Part,
  PartId,
  parts,
  seen,
  stale,
  textOf,
  textsOf,
} from '#quiz/kinds/kind.ts'

const holdsEach = (steps: readonly Part[], ids: readonly string[]) =>
  ids.length === steps.length && steps.every((step) => ids.includes(step.id))

const item = z
  .strictObject({
    ...everyItem,
    kind: z.literal('order'),
    /** The steps; the order in the file is of no meaning and is never shown. */
    steps: parts(3),
    /** Ids of all steps, first to last. */
    key: z.array(PartId),
  })
  .refine(({ steps, key }) => holdsEach(steps, key), {
    path: ['key'],
    error: 'key 要把 steps 的每个编号写一次',
  })
  // Ids travel to the browser, so ids in key order would be the key.
  .refine(({ key }) => key.join() !== [...key].sort().join(), {
    path: ['key'],
    error: '编号的顺序就是正确顺序，看网页源码就能猜到，请换一换编号',
  })

/** Two steps that claim the same place cannot be told apart. */
function sortByPlace(places: [string, number][]) {
  const twice = places.find(([, place], i) => places.findIndex((other) => other[1] === place) !== i)
  if (twice) return incomplete(`有两步都排在了第${twice[1]}位，请改一改`)
  return { kind: 'order' as const, order: places.sort((a, b) => a[1] - b[1]).map(([id]) => id) }
}

export const order = defineKind({
  name: '排序题',
  asks: '排一排先后',
  item,
  question: z.strictObject({ ...everyQuestion, kind: z.literal('order'), steps: z.array(Part) }),
  answer: z.strictObject({
    kind: z.literal('order'),
    /** Ids of the steps that were placed, first to last. */
    order: z.array(PartId).max(20),
  }),
  publicHalf: (item, arrange) => ({ ...seen(item), kind: item.kind, steps: arrange(item.steps, item.key) }),
  printed: ({ steps }) => [{ text: '', lists: [textsOf(steps)] }],
  parseAnswer: (form) =>
    sortByPlace(
      fieldsAfter(form, 'place-').flatMap(([id, place]) =>
        /^[1-9]\d?$/.test(place) ? [[id, Number(place)] satisfies [string, number]] : [],
      ),
    ),
  fields: ({ order }) => order.map((id, i) => [`place-${id}`, String(i + 1)]),
  grade({ steps, key }, { order }) {
    if (!order.every((id) => key.includes(id))) return stale
    const missing = steps.length - new Set(order).size
    if (missing > 0) return incomplete(`还有${missing}步没有排好，请给每一步排好位置`)
    if (!holdsEach(steps, order)) return stale
    const right = order.filter((id, i) => i > 0 && key[key.indexOf(id) - 1] === order[i - 1]).length
    return graded(right, key.length - 1)
  },
  // In a random order a given step is followed by the right one with probability 1/n.
  guessing: ({ steps }) => 1 / steps.length,
  blind: ({ key }, random) => ({ kind: 'order' as const, order: inAnyOrder(random, key) }),
  right: ({ key }) => ({ kind: 'order' as const, order: key }),
  say: ({ steps }, { order }) => order.map((id, i) => `${i + 1}. ${textOf(steps, id)}`).join('；'),
})
