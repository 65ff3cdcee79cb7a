import { eq } from 'drizzle-orm'
import { v7 } from 'uuid'
import { beforeAll, expect, test } from 'vitest'
import { read, write } from '#db/database.server.ts'
import { assignment, audit } from '#db/schema/people.ts'
import { evidence } from '#db/schema/record.ts'
import type { Session } from '#people/session.ts'
import { previewOf } from '#plan/model/desk.server.ts'
import { findModel, takeModel } from '#plan/model/find-model.server.ts'
import { modelFile } from '#plan/model/model-file.server.ts'
import { putModelInForce } from '#plan/model/put-in-force.server.ts'
import { readRules, useRules } from '#process/rules-at-start.server.ts'
import { evidenceOf } from '#record/capability/belief.server.ts'
import { bringModel, modelVersions } from '#record/capability/model-versions.server.ts'
import {
  dimensionNow,
  indicatorNamed,
  indicatorNow,
  knownNames,
  modelInUse,
  modelWithPosts,
  oldEvidence,
  onModelChange,
} from '#record/capability/model.server.ts'
import type { ModelWithPosts } from '#record/capability/model.ts'
import { rebuild } from '#record/rebuild.server.ts'
import { record } from '#record/record.server.ts'
import { plantCounty, plantPerson } from '../../people/roster/county.ts'
import { answered, observed, stoppedClock } from '../../record/happenings.ts'
import { freshDatabase } from '../../support/database.ts'

freshDatabase()
const clock = stoppedClock('2026-11-27T01:00:00.000Z')
const rules = readRules('content')
const ours: ModelWithPosts = { model: rules.model, posts: rules.posts }
let admin: Session
let small: Session
let learner: string
let told = 0
onModelChange({ after: () => void (told += 1) })

/** Ours, where mediation is called otherwise and has another id, and openness is gone; the grid worker is no post. */
const theirs: ModelWithPosts = {
  model: {
    ...ours.model,
    id: 'county',
    title: '青溪县能力模型',
    dimensions: ours.model.dimensions.map((dimension) => ({
      ...dimension,
      indicators: dimension.indicators
        .filter(({ id }) => id !== 'openness')
        .map((one) =>
          one.id === 'mediation'
            ? { ...one, id: 'settling', name: '化解纠纷', replaces: ['mediation'] }
            : one,
        ),
    })),
  },
  posts: ours.posts
    .filter(({ id }) => id !== 'grid-worker')
    .map(({ targets: { openness: _, mediation, ...targets }, ...post }) => ({
      ...post,
      targets: { ...targets, settling: mediation ?? 3 },
    })),
}

const upload = async (whole: ModelWithPosts, by = admin) => {
  const taken = await takeModel(by, new File([JSON.stringify(whole)], '模型.json'))
  if ('problems' in taken) throw new Error(taken.problems.join(''))
  return taken.look
}

const piecesOf = async () => {
  const all = await evidenceOf(learner, '2026-11-27')
  return Object.fromEntries([...all].map(([indicator, pieces]) => [indicator, pieces.length]))
}

beforeAll(async () => {
  await useRules(rules, 'yunnan-2024')
  const county = await plantCounty()
  ;[admin, small] = [county.system, county.baishiSystem]
  learner = (await plantPerson('QX1001')).person.id
  const held = { unitId: county.yunling.id, fromOn: '2026-01-01', toOn: null, main: true }
  await write((tx) =>
    tx.insert(assignment).values({ ...held, id: v7(), personId: learner, post: 'grid-worker' }),
  )
  await record(answered({ person: learner, indicator: 'mediation', item: 'itm-m' }))
  await record(observed({ person: learner, indicator: 'mediation' }))
  await record(answered({ person: learner, indicator: 'openness', item: 'itm-o' }))
})

test('before another model is put in force it is said where the evidence of each indicator goes', async () => {
  const preview = await previewOf(admin, await upload(theirs))
  if (preview?.type !== 'model') throw new Error('There is no preview.')
  expect(preview.change.gone).toEqual([
    { id: 'mediation', name: '矛盾调解', pieces: 2, goesTo: '化解纠纷' },
    { id: 'openness', name: '公开', pieces: 1, goesTo: null },
  ])
  const settling = preview.change.indicators.find(({ id }) => id === 'settling')
  expect(settling).toMatchObject({ fate: 'taken-over', from: ['矛盾调解'], pieces: 2 })
  expect(preview.change.indicators.filter(({ fate }) => fate === 'kept')).toHaveLength(22)
  expect(preview.kept).toEqual(['网格员'])
  expect(modelInUse().model.id).toBe('default')
  expect(await modelVersions()).toEqual([])
})

test('who administers a part of the units may look at a model, and not put it in force', async () => {
  const look = await upload(theirs, small)
  await expect(putModelInForce(small, look)).rejects.toMatchObject({ kind: 'not-yours' })
  // Nor is an upload anybody else's.
  expect(await findModel(admin, look)).toBeNull()
  await expect(putModelInForce(admin, look)).rejects.toMatchObject({ kind: 'closed' })
  await expect(putModelInForce(admin, 'alternative:village-backbone')).rejects.toMatchObject({
    kind: 'invalid',
  })
  await expect(putModelInForce(admin, 'files')).rejects.toMatchObject({ kind: 'already-done' })
  await expect(putModelInForce(admin, '')).rejects.toMatchObject({ kind: 'closed' })
  expect(await modelVersions()).toEqual([])
})

test('evidence counts for what replaces its indicator, the rest stays visible as old, and held posts go on', async () => {
  clock.advance(60)
  await putModelInForce(admin, await upload(theirs))
  expect(told).toBe(1)
  expect(modelInUse()).toMatchObject({ since: clock.iso, model: { id: 'county' } })
  await rebuild(() => undefined)
  expect(await piecesOf()).toEqual({ settling: 2, openness: 1 })
  expect(oldEvidence(await evidenceOf(learner, '2026-11-27'))).toEqual([
    { indicator: 'openness', name: '公开', pieces: 1 },
  ])
  expect(['mediation', 'settling', 'openness', 'feedback'].map(indicatorNow)).toEqual([
    ...['settling', 'settling', 'openness', 'feedback'],
  ])
  expect([indicatorNamed('mediation'), indicatorNamed('openness'), indicatorNamed('no-such')]).toEqual([
    ...['化解纠纷', '公开', null],
  ])
  const grid = modelInUse().posts.get('grid-worker')
  expect(grid).toMatchObject({ name: '网格员', category: 'other', targets: { settling: 3, feedback: 4 } })
  expect(Object.keys(grid?.targets ?? {})).not.toContain('openness')
  const noted = await read.select().from(audit).where(eq(audit.act, 'model-in-force'))
  expect(noted).toMatchObject([
    { actorId: admin.person.id, target: 'county', detail: { title: '青溪县能力模型' } },
  ])
  // What was answered before comes again only as review, and new answers to old items count in the new place.
  await record(answered({ person: learner, indicator: 'mediation', item: 'itm-m' }))
  await record(answered({ person: learner, indicator: 'mediation', item: 'itm-n' }))
  expect(await piecesOf()).toEqual({ settling: 3, openness: 1 })
})

test('after a restart the stored model stands above the files, and content may go on naming old ids', async () => {
  await bringModel(ours)
  expect(modelInUse().model.title).toBe('青溪县能力模型')
  const names = knownNames().dimensions.flatMap(({ indicators }) => indicators.map(({ id }) => id))
  expect(names).toEqual(expect.arrayContaining(['mediation', 'openness', 'settling']))
  expect(dimensionNow('integrity')?.indicators).toEqual([
    'conflict-of-interest',
    'small-powers',
    'data-protection',
  ])
})

test('an earlier model can be put back; its evidence is where it was, and a later id leads through the chain', async () => {
  clock.advance(60)
  await putModelInForce(admin, 'alternative:seven-abilities')
  expect(dimensionNow('mass-work')?.indicators).toContain('mediation')
  await rebuild(() => undefined)
  expect(await piecesOf()).toEqual({ mediation: 3, openness: 1 })
  const stored = await modelVersions()
  expect(stored.map(({ body }) => body.model.id)).toEqual(['seven-abilities', 'county'])
  clock.advance(60)
  await putModelInForce(admin, `version:${stored[1]?.fromAt}`)
  expect(modelInUse().model.id).toBe('county')
  // Who replaces what had replaced another takes over both.
  const next = JSON.parse(
    JSON.stringify(theirs).replaceAll('"settling"', '"concord"').replaceAll('"mediation"', '"settling"'),
  ) as ModelWithPosts
  clock.advance(60)
  await putModelInForce(admin, await upload(next))
  expect(['mediation', 'settling', 'concord'].map(indicatorNow)).toEqual(['concord', 'concord', 'concord'])
  await rebuild(() => undefined)
  expect(await piecesOf()).toEqual({ concord: 3, openness: 1 })
  const rows = await read.select({ indicator: evidence.indicator }).from(evidence)
  expect(rows).toHaveLength(4)
})

test('each model is downloaded in each format, a template as a table only', async () => {
  const csv = await modelFile(admin, 'model.csv', '')
  expect(csv).toMatchObject({ ending: 'csv', name: '青溪县能力模型' })
  expect(csv?.content).toContain('concord')
  const kept = (await modelVersions()).at(-1)
  const old = await modelFile(admin, 'case.json', `version:${kept?.fromAt}`)
  expect(JSON.parse(old?.content ?? '')).toMatchObject({ CFDocument: { lastChangeDateTime: kept?.fromAt } })
  expect((await modelFile(admin, 'model.json', 'files'))?.content).toContain('"default"')
  expect((await modelFile(admin, 'model.csv', 'alternative:village-backbone'))?.content).toContain(
    'village-backbone-23',
  )
  expect(await modelFile(admin, 'case.json', 'alternative:village-backbone')).toBeNull()
  expect(await modelFile(admin, 'model.xml', '')).toBeNull()
  expect(await modelFile(admin, 'model.csv', 'version:never')).toBeNull()
})

test('who presses twice, or while somebody else does, puts a model in force once', async () => {
  const before = (await modelVersions()).length
  const { model, posts } = modelWithPosts()
  const file = new File([JSON.stringify({ model: { ...model, title: '改名的模型' }, posts })], 'model.json')
  const taken = await takeModel(admin, file)
  if (!('look' in taken)) throw new Error(taken.problems.join())
  const pressed = await Promise.allSettled([1, 2, 3].map(() => putModelInForce(admin, taken.look)))
  expect(pressed.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  await expect(putModelInForce(admin, taken.look)).rejects.toMatchObject({ kind: 'already-done' })
  expect((await modelVersions()).length).toBe(before + 1)
  expect(modelInUse().model.title).toBe('改名的模型')
})
