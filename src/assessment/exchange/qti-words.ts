// What both directions of QTI 3 must agree on: namespaces, identifiers, and where our own fields stand.
//
// Our fields in a package (1EdTech QTI 3.0, IMS Content Packaging 1.1, IEEE 1484.12.3 LOM):
// - kind: the interaction. 判断题 is a choice between the identifiers `true` and `false`.
// - rationale: qti-modal-feedback RATIONALE.
// - revision: LOM lifeCycle/version; difficulty: LOM educational/difficulty (hard is its `difficult`).
// - indicator: LOM classification of purpose `competency`, taxon id.
// - source and passage: LOM relation `isbasedon`, its resource’s identifier and description.
// - underscores of a blank: expected-length of qti-text-entry-interaction.
// - a rule of points that was chosen (`credit`): attribute of the element `item` in the namespace urn:lianxue:items:1
//   beside the LOM. It is the only extension. Other programs score order and match all or nothing, and lose nothing else.

export const namespaces = {
  item: 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0',
  manifest: 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1',
  lom: 'http://ltsc.ieee.org/xsd/LOM',
  own: 'urn:lianxue:items:1',
} as const

export const itemType = 'imsqti_item_xmlv3p0'
export const toolName = 'Lianxue'
export const manifestName = 'imsmanifest.xml'

/** Identifiers begin with a letter or `_`; `true` and `false` are those of a 判断题. */
export const identifierOf = (id: string) => (/^(?:\d|true$|false$)/.test(id) ? `_${id}` : id)
export const idOf = (identifier: string) => identifier.replace(/^_/, '')

/** The two sides of a match share one space of identifiers. */
export const leftIdentifier = (id: string) => `L_${id}`
export const rightIdentifier = (id: string) => `R_${id}`
export const idOfSide = (identifier: string) => identifier.slice(2)

export const lomDifficulties = { easy: 'easy', medium: 'medium', hard: 'difficult' } as const
