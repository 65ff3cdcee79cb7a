// Models of every shape that the schema allows, for property tests: odd names, formula-like cells, quotes and commas.
import fc from 'fast-check'
import { CapabilityModel, ModelWithPosts } from '#record/capability/model.ts'

const odd = fc.constantFrom(
  '=cmd|calc!A0',
  '-1.5',
  "'=x",
  '＝甲',
  '@x',
  '甲,乙',
  '"引"号',
  '目标：甲',
  '一级',
  '编号',
  'a\u2028b',
)

/** A line as the schema takes it. */
const line = (most: number) =>
  fc
    .oneof(odd, fc.string({ unit: 'grapheme', minLength: 1, maxLength: most }))
    .map((text) =>
      text
        .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, '')
        .slice(0, most)
        .toWellFormed()
        .trim(),
    )
    .filter((text) => text !== '')

const ids = (count: number, prefix: string) =>
  fc.uniqueArray(
    fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/).map((id) => `${prefix}${id}`),
    { minLength: count, maxLength: count },
  )

const cuts = fc
  .uniqueArray(fc.integer({ min: -300, max: 300 }), { minLength: 4, maxLength: 4 })
  .map((all) => all.sort((a, b) => a - b).map((cut) => cut / 100))

/** A model with posts; every indicator may have a target, and some replace others. */
export const anyModel: fc.Arbitrary<ModelWithPosts> = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 }),
    posts: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ sizes, posts }) => {
    const all = sizes.reduce((sum, size) => sum + size, 0)
    return fc.record({
      top: fc.record({
        id: ids(1, 'm'),
        title: line(40),
        note: line(400),
        cuts,
        levels: fc.tuple(...Array.from({ length: 5 }, () => line(6))),
      }),
      dimensionIds: ids(sizes.length, 'd'),
      dimensionNames: fc.array(line(10), { minLength: sizes.length, maxLength: sizes.length }),
      indicatorIds: ids(all, 'i'),
      indicators: fc.array(
        fc.record({
          name: line(30),
          anchors: fc.tuple(...Array.from({ length: 5 }, () => line(200))),
          former: fc.boolean(),
        }),
        { minLength: all, maxLength: all },
      ),
      postIds: ids(posts, 'p'),
      postNames: fc.uniqueArray(line(30), { minLength: posts, maxLength: posts }),
      targets: fc.array(fc.array(fc.constantFrom(null, 2, 3, 4), { minLength: all, maxLength: all }), {
        minLength: posts,
        maxLength: posts,
      }),
      sizes: fc.constant(sizes),
    })
  })
  .map(
    ({ top, dimensionIds, dimensionNames, indicatorIds, indicators, postIds, postNames, targets, sizes }) => {
      const starts = sizes.map((_, d) => sizes.slice(0, d).reduce((sum, size) => sum + size, 0))
      const model = CapabilityModel.parse({
        ...{ ...top, id: top.id[0] },
        levels: top.levels.map((name, i) => ({ level: i + 1, name })),
        dimensions: sizes.map((size, d) => ({
          ...{ id: dimensionIds[d], name: dimensionNames[d] },
          indicators: Array.from({ length: size }, (_, k) => {
            const i = (starts[d] ?? 0) + k
            const { name, anchors, former } = indicators[i] ?? {}
            return {
              id: indicatorIds[i],
              name,
              anchors,
              ...(former ? { replaces: [`old-${indicatorIds[i]}`] } : {}),
            }
          }),
        })),
      })
      return ModelWithPosts.parse({
        model,
        posts: postIds.map((id, p) => ({
          ...{ id, name: postNames[p], category: 'village-committee' },
          targets: Object.fromEntries(
            indicatorIds.flatMap((one, i) => (targets[p]?.[i] ? [[one, targets[p][i]]] : [])),
          ),
        })),
      })
    },
  )
