// Reads a CASE package, our own or somebody else's: the children of the document are dimensions, theirs are indicators.
// What CASE has no place for (cuts, names of levels, posts) comes from extensions, or from the model in force.
import { CasePackage, ownName } from '#plan/model/case-package.ts'
import { few, judgeDraft, type ModelRead } from '#plan/model/judge-draft.ts'
import { ledTargets } from '#plan/model/inherit.ts'
import { explain, nameOf } from '#course/explain.ts'
import { indicatorsOf, levelCount, type ModelWithPosts } from '#record/capability/model.ts'

type Item = NonNullable<CasePackage['CFItems']>[number]

/** @param base the model in force, for what the package leaves out. */
export function readCase(value: unknown, base: ModelWithPosts): ModelRead {
  const read = CasePackage.safeParse(value, { reportInput: true })
  if (!read.success)
    return {
      problems: few(
        read.error.issues.map((issue) => {
          const { message, mend } = explain(issue)
          return `${nameOf(issue.path)}：${message}${mend}`
        }),
      ),
    }
  const found = treeOf(read.data)
  if ('problems' in found) return found
  const anchors = anchorsOf(read.data)
  const own = ownOf(read.data.CFDocument.extensions)
  const names = new Map<string, string>()
  const dimensions = found.tree.map(({ item, children }, d) => {
    names.set(`dimensions ${d}`, item.fullStatement)
    return {
      ...{ id: idOf(item), name: nameIn(item) },
      indicators: children.map((child, i) => {
        names.set(`dimensions ${d} indicators ${i}`, child.fullStatement)
        const { replaces } = ownOf(child.extensions)
        const one = { id: idOf(child), name: nameIn(child), anchors: anchors.get(child.identifier) ?? [] }
        return replaces === undefined ? one : { ...one, replaces }
      }),
    }
  })
  const indicators = dimensions.flatMap((dimension) => dimension.indicators)
  const led = base.posts.map((post) => ({
    ...post,
    targets: ledTargets(
      post.targets,
      indicators.map(({ id }) => ({ id: String(id) })),
      indicatorsOf(base.model),
    ),
  }))
  const { title, description } = read.data.CFDocument
  const model = {
    ...{ id: own['id'] ?? `case-${read.data.CFDocument.identifier}`.toLowerCase(), title },
    ...{
      note: description ?? title,
      cuts: own['cuts'] ?? base.model.cuts,
      levels: own['levels'] ?? base.model.levels,
    },
    dimensions,
  }
  return judgeDraft({
    value: { model, posts: own['posts'] ?? led },
    place: ([first, ...path]) => {
      const [d, i] = [path[1], path[3]]
      const name =
        names.get(`dimensions ${String(d)} indicators ${String(i)}`) ?? names.get(`dimensions ${String(d)}`)
      if (first === 'model' && name !== undefined)
        return path.includes('anchors')
          ? `“${name.slice(0, 30)}”在CFRubrics里的锚点`
          : `“${name.slice(0, 30)}”`
      return `CFDocument的${nameOf([...(first === undefined ? [] : [first]), ...path])}`
    },
  })
}

type Tree = { item: Item; children: Item[] }[]

/** Two levels below the document; every item once. */
function treeOf({
  CFDocument,
  CFItems = [],
  CFAssociations = [],
}: CasePackage): { tree: Tree } | { problems: string[] } {
  const items = new Map(CFItems.map((item) => [item.identifier, item]))
  const said = (id: string) => `“${(items.get(id)?.fullStatement ?? id).slice(0, 30)}”`
  const problems: string[] = []
  if (items.size < CFItems.length)
    problems.push('CFItems里有identifier相同的两项。每一项用自己的identifier。')
  const parents = new Map<string, { parent: string; order: number }>()
  for (const { associationType, sequenceNumber, originNodeURI, destinationNodeURI } of CFAssociations) {
    if (associationType !== 'isChildOf') continue
    const [child, parent] = [originNodeURI.identifier, destinationNodeURI.identifier]
    const before = parents.get(child)
    if (before && before.parent !== parent) problems.push(`${said(child)}有两个上级。只留一个isChildOf。`)
    parents.set(child, { parent, order: sequenceNumber ?? Infinity })
  }
  const depth = (id: string) => {
    let steps = 0
    for (let at = id; at !== CFDocument.identifier; steps++) {
      const next = parents.get(at)?.parent
      if (next === undefined) return null
      if (steps > items.size) return Infinity
      at = next
    }
    return steps
  }
  for (const id of items.keys()) {
    const steps = depth(id)
    if (steps === null) problems.push(`${said(id)}没有连到CFDocument上。给它一个isChildOf，或删去它。`)
    else if (steps === Infinity)
      problems.push(`${said(id)}的上级绕成了一圈。改成一级一级往上，最上面是CFDocument。`)
    else if (steps > 2) problems.push(`${said(id)}在第${steps}层。能力模型只有方面和指标两层，请并到上一层。`)
  }
  if (problems.length > 0) return { problems: few(problems) }
  const below = (id: string) =>
    CFItems.filter((item) => parents.get(item.identifier)?.parent === id).sort(
      (a, b) => orderOf(parents, a) - orderOf(parents, b) || 0,
    )
  return { tree: below(CFDocument.identifier).map((item) => ({ item, children: below(item.identifier) })) }
}

const orderOf = (parents: ReadonlyMap<string, { order: number }>, { identifier }: Item) =>
  Math.min(parents.get(identifier)?.order ?? Infinity, Number.MAX_SAFE_INTEGER)

/** Anchors by the identifier of the item, in the order of position, or of score. */
function anchorsOf({ CFRubrics = [] }: CasePackage): Map<string, string[]> {
  const criteria = CFRubrics.flatMap(({ CFRubricCriteria = [] }) => CFRubricCriteria)
  return new Map(
    criteria.flatMap(({ CFItemURI, CFRubricCriterionLevels = [] }) => {
      if (!CFItemURI) return []
      const levels = CFRubricCriterionLevels.map((level, i) => ({
        ...level,
        at: level.position ?? level.score ?? i,
      }))
      levels.sort((a, b) => a.at - b.at)
      return [
        [
          CFItemURI.identifier,
          levels.slice(0, levelCount + 1).map(({ description, quality }) => description ?? quality ?? ''),
        ],
      ]
    }),
  )
}

/** A permanent id: our own, or the coding scheme where it can be one, or made of the identifier. */
function idOf({ identifier, humanCodingScheme, extensions }: Item): unknown {
  const own = ownOf(extensions)['id']
  if (own !== undefined) return own
  const coded = humanCodingScheme?.toLowerCase() ?? ''
  return /^[a-z][a-z0-9-]*$/.test(coded) ? coded : `case-${identifier.toLowerCase()}`
}

const nameIn = ({ abbreviatedStatement, fullStatement }: Item) => abbreviatedStatement ?? fullStatement

function ownOf(extensions: Record<string, unknown> | undefined): Record<string, unknown> {
  const own = extensions?.[ownName]
  return typeof own === 'object' && own !== null ? (own as Record<string, unknown>) : {}
}
