// A model as a CASE 1.1 package: dimensions and indicators as items, anchors as the levels of a rubric; cuts, levels and
// targets stand in extensions. The same model gives the same identifiers, on any machine.
import { v5 } from 'uuid'
import { ownName } from '#plan/model/case-package.ts'
import type { Dimension, Indicator, ModelWithPosts } from '#record/capability/model.ts'

/** Of our own, so that no two models of one id are told apart by chance. */
const namespace = v5('https://purl.imsglobal.org/spec/case/v1p1#lianxue', v5.URL)

/** @param at when the model was last changed, ISO UTC. */
export function casePackage({ model, posts }: ModelWithPosts, at: string) {
  const node = (kind: string, id: string) => {
    const identifier = v5(`${model.id}/${kind}/${id}`, namespace)
    return { identifier, uri: `urn:uuid:${identifier}` }
  }
  const dated = { lastChangeDateTime: at }
  const document = { ...node('document', ''), title: model.title }
  const dimensionNode = ({ id }: Dimension) => node('dimension', id)
  const indicatorNode = ({ id }: Indicator) => node('indicator', id)
  const isChildOf = (child: Node, parent: Node, sequenceNumber: number) => ({
    ...node('child', child.identifier),
    ...{ associationType: 'isChildOf', sequenceNumber },
    ...{
      originNodeURI: { ...child, targetType: 'CASE' },
      destinationNodeURI: { ...parent, targetType: 'CASE' },
    },
    ...dated,
  })
  const item = (
    own: { id: string; name: string; replaces?: string[] | undefined },
    kind: string,
    at: { identifier: string; uri: string },
  ) => ({
    ...at,
    ...{ fullStatement: own.name, humanCodingScheme: own.id, CFItemType: kind, language: 'zh-CN' },
    ...{ ...dated, extensions: { [ownName]: { id: own.id, replaces: own.replaces } } },
  })
  const linked = (own: { name: string }, at: { identifier: string; uri: string }): Node => ({
    title: own.name,
    ...at,
  })
  const inOrder = model.dimensions.flatMap(({ indicators }) => indicators)
  const rubric = node('rubric', '')
  return {
    CFDocument: {
      ...document,
      ...{
        frameworkType: 'Competencies',
        caseVersion: '1.1' as const,
        creator: model.title,
        language: 'zh-CN',
      },
      ...{ description: model.note, ...dated },
      extensions: { [ownName]: { id: model.id, cuts: model.cuts, levels: model.levels, posts } },
    },
    CFItems: model.dimensions.flatMap((dimension) => [
      item(dimension, '方面', dimensionNode(dimension)),
      ...dimension.indicators.map((one) => item(one, '指标', indicatorNode(one))),
    ]),
    CFAssociations: model.dimensions.flatMap((dimension, d) => [
      isChildOf(linked(dimension, dimensionNode(dimension)), document, d + 1),
      ...dimension.indicators.map((one, i) =>
        isChildOf(linked(one, indicatorNode(one)), linked(dimension, dimensionNode(dimension)), i + 1),
      ),
    ]),
    CFRubrics: [
      {
        ...{ ...rubric, title: '行为锚', ...dated },
        CFRubricCriteria: inOrder.map((one, position) => ({
          ...node('criterion', one.id),
          ...{ category: one.name, CFItemURI: linked(one, indicatorNode(one)) },
          ...{ position: position + 1, rubricId: rubric.identifier, ...dated },
          CFRubricCriterionLevels: one.anchors.map((description, i) => ({
            ...node('level', `${one.id}/${i + 1}`),
            ...{ description, quality: model.levels[i]?.name ?? '', score: i + 1, position: i + 1 },
            ...{ rubricCriterionId: node('criterion', one.id).identifier, ...dated },
          })),
        })),
      },
    ],
  }
}

type Node = { identifier: string; uri: string; title: string }
