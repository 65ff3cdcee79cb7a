// A model as a table for Excel and WPS: settings on top, then a row for each indicator and a column for each post.
import type { Template } from '#record/capability/model-alternative.ts'
import { numeral } from '#record/capability/words.ts'
import { levelCount, type CapabilityModel, type ModelWithPosts, type Post } from '#record/capability/model.ts'
import { bom, csvLines } from '#sheet/write-csv.ts'

/** First cells of the rows above the table. */
export const settings = {
  id: '编号',
  title: '名称',
  note: '说明',
  cuts: '分级线',
  levels: '等级',
  post: '岗位',
} as const

/** Columns of the five anchors: 一级 to 五级. */
export const anchorColumns = Array.from({ length: levelCount }, (_, i) => `${numeral(i + 1)}级`)

/** Columns before those of the posts. */
export const columns = ['方面', '方面编号', '指标', '指标编号', ...anchorColumns, '原编号'] as const

/** Stands before the name of a post in the heading of its column. */
export const targetMark = '目标：'

/** The whole file. */
export function modelCsv({ model, posts }: ModelWithPosts): string {
  const rows = model.dimensions.flatMap((dimension) =>
    dimension.indicators.map((one) => [
      ...[dimension.name, dimension.id, one.name, one.id, ...one.anchors],
      (one.replaces ?? []).join(' '),
      ...posts.map((post) => String(post.targets[one.id] ?? '')),
    ]),
  )
  return file(model, posts, rows)
}

/** A template with its empty places: dimension, indicator and anchors are to be filled in. */
export function templateCsv(template: Template, { model, posts }: ModelWithPosts): string {
  const idOf = (i: number) => `${template.id}-${String(i + 1).padStart(2, '0')}`
  const empty = Array.from({ length: template.places }, (_, i) =>
    columns.map((name) => (name === '指标编号' ? idOf(i) : '')),
  )
  const about = { ...model, id: template.id, title: template.title, note: template.note }
  const dimensions = template.dimensions.map(({ id, name }) => [settingOfDimension, name, id])
  return file(about, posts, empty, dimensions)
}

/** A row above the table that names a dimension, for whoever fills in a template. */
export const settingOfDimension = '可选方面'

function file(
  model: Pick<CapabilityModel, 'id' | 'title' | 'note' | 'cuts' | 'levels'>,
  posts: readonly Post[],
  rows: string[][],
  more: string[][] = [],
) {
  const top = [
    [settings.id, model.id],
    [settings.title, model.title],
    [settings.note, model.note],
    [settings.cuts, ...model.cuts.map(String)],
    [settings.levels, ...model.levels.map(({ name }) => name)],
    ...posts.map(({ name, id, category }) => [settings.post, name, id, category]),
    ...more,
  ]
  const heading = [...columns, ...posts.map(({ name }) => `${targetMark}${name}`)]
  const all = [...top, [], heading, ...rows]
  // As many cells in each line as the widest has: some programs take the first line for the width.
  return bom + csvLines(all.map((row) => [...row, ...Array<string>(heading.length - row.length).fill('')]))
}
