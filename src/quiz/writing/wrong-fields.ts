// What is still missing in the form of an item, field by field, in words that an author knows. What it finds in order, the
// schema of the kind accepts.
import { tidy, type ItemFields } from '#quiz/writing/fields.ts'
import { formKinds, isFormKind, isGraded, rowsOf, type FormShape } from '#quiz/writing/form-kinds.ts'

/** The parts of the form; `parts` are options, steps, pairs or points, `key` is the answer. */
export type FieldName =
  'kind' | 'stem' | 'parts' | 'key' | 'model' | 'rationale' | 'indicator' | 'passage' | 'source'

export type Wrong = Partial<Record<FieldName, string>>

const names: Record<FieldName, string> = {
  ...{ kind: '题型', stem: '题干', parts: '选项', key: '答案', model: '参考答案', rationale: '解析' },
  ...{ indicator: '指标', passage: '原文', source: '出处' },
}
const partsNames: Record<FormShape, string> = {
  ...{ options: '选项', steps: '步骤', pairs: '配对', points: '评分要点', truth: '', words: '' },
}

/** How the form of a kind calls a field. */
export const fieldName = (field: FieldName, kind: string) =>
  field === 'parts' && isFormKind(kind) ? partsNames[formKinds[kind].shape] : names[field]

const longest = 600
const tooLong = `太长，请控制在${longest}字以内。`

/** @param home beside a lesson, or in the bank. */
export function wrongFields(fields: ItemFields, home: 'lesson' | 'bank'): Wrong {
  const said: Record<FieldName, string> = {
    kind: home === 'lesson' && isGraded(fields.kind) ? '课文里的题当场就要有结果，请换一种题型。' : '',
    stem: textWrong(fields.stem, '写上题干，问一件事。') || gapWrong(fields),
    ...{ parts: '', key: '', model: '', ...ownWrong(fields) },
    rationale: textWrong(fields.rationale, '写一两句解析：为什么这样答。'),
    indicator: fields.indicator === '' ? '选这道题考的指标。' : '',
    passage: textWrong(fields.passage, '写上能说明答案的原文，逐字照抄一句。'),
    source: home === 'bank' && fields.source === '' ? '选原文出自哪份资料。' : '',
  }
  return Object.fromEntries(Object.entries(said).filter(([, words]) => words !== ''))
}

function textWrong(typed: string, empty: string): string {
  const text = tidy(typed)
  return text === '' ? empty : text.length > longest ? tooLong : ''
}

/** A gap as fill-in/kind.ts asks for it. */
function gapWrong({ kind, stem }: ItemFields): string {
  if (formKinds[kind].shape !== 'words') return ''
  const gaps = tidy(stem).split(/_{4,}/).length - 1
  if (gaps === 0) return '题干里还没有空。在要填的地方写“____”（四个下划线）。'
  return gaps > 1 ? '只留一处空，别的空写成字。' : ''
}

function ownWrong(fields: ItemFields): Wrong {
  switch (formKinds[fields.kind].shape) {
    case 'options': {
      const right = fields.options.filter((one) => one.right).length
      const none = fields.kind === 'multiple' ? '勾上对的，至少一项。' : '点一下对的那一项。'
      return { parts: listWrong(fields.options, 'options'), key: right === 0 ? none : '' }
    }
    case 'truth':
      return { key: fields.holds === null ? '选这句话是对还是错。' : '' }
    case 'words':
      return { key: acceptWrong(fields.accept.map(tidy).filter(Boolean)) }
    case 'steps':
      return { parts: listWrong(fields.steps, 'steps') }
    case 'pairs':
      return { parts: listWrong(fields.pairs, 'pairs') || rightWrong(fields) }
    case 'points':
      return { parts: pointsWrong(fields), ...modelWrong(fields) }
  }
}

function listWrong(list: readonly { text: string }[], what: keyof typeof rowsOf): string {
  const [least, most] = rowsOf[what]
  const texts = list.map(({ text }) => tidy(text))
  if (texts.length < least) return `至少写${least}项。`
  if (texts.length > most) return `最多写${most}项。`
  const empty = texts.indexOf('')
  if (empty >= 0) return `第${empty + 1}项还空着，写上或删去。`
  const long = texts.findIndex((text) => text.length > longest)
  if (long >= 0) return `第${long + 1}项${tooLong}`
  const twice = texts.findIndex((text, i) => texts.indexOf(text) < i)
  return twice < 0 ? '' : `第${texts.indexOf(texts[twice] ?? '') + 1}项和第${twice + 1}项一样，改一项。`
}

function acceptWrong(forms: readonly string[]): string {
  if (forms.length === 0) return '写上空里该填的字。'
  return forms.every((form) => /[\p{L}\p{N}]/u.test(form)) ? '' : '答案里要有字，不能只有标点。'
}

function rightWrong({ pairs, spare }: ItemFields): string {
  const answers = pairs.map(({ answer }) => tidy(answer))
  const empty = answers.indexOf('')
  if (empty >= 0) return `第${empty + 1}项的右边还空着。`
  const right = new Set([...answers, ...spare.map(tidy).filter(Boolean)])
  if ([...right].some((text) => text.length > longest)) return `右边有一样${tooLong}`
  if (right.size > 8) return '右边最多八样，删去几样。'
  return right.size < 3 ? '右边至少要有三样不同的，多写一样配不上的，免得猜出来。' : ''
}

function pointsWrong({ points }: ItemFields): string {
  const wrong = listWrong(points, 'points')
  if (wrong) return wrong
  const odd = points.findIndex((one) => !Number.isInteger(one.points) || one.points < 1 || one.points > 10)
  return odd < 0 ? '' : `第${odd + 1}条的分数写1到10的整数。`
}

function modelWrong({ model, longest: most }: ItemFields): Wrong {
  if (!Number.isInteger(most) || most < 20 || most > 1000) return { model: '字数写20到1000的整数。' }
  const wrong = textWrong(model, '写一份能得满分的参考答案，给评分的人看。')
  return { model: wrong || ([...tidy(model)].length > most ? `参考答案比${most}字还长。` : '') }
}
