// The parts of a CASE 1.1 package that a model is written in and read from: 1EdTech Competencies and Academic Standards
// Exchange (CASE) Service 1.1, information model §7.1 (CFPackage). Reading asks for no more than it needs.
import { z } from 'astro/zod'

/** Where our own values stand: `extensions` are free by the specification. */
export const ownName = 'lianxue'

const text = z.string()
const extensions = z.record(z.string(), z.unknown()).optional()

const Link = z.looseObject({ identifier: text })

const Level = z.looseObject({
  description: text.optional(),
  quality: text.optional(),
  score: z.number().optional(),
  position: z.number().optional(),
})

const Criterion = z.looseObject({
  CFItemURI: Link.optional(),
  CFRubricCriterionLevels: z.array(Level).max(20).optional(),
})

export const CasePackage = z.looseObject({
  CFDocument: z.looseObject({ identifier: text, title: text, description: text.optional(), extensions }),
  CFItems: z
    .array(
      z.looseObject({
        identifier: text,
        fullStatement: text,
        abbreviatedStatement: text.optional(),
        humanCodingScheme: text.optional(),
        extensions,
      }),
    )
    .max(1_000)
    .optional(),
  CFAssociations: z
    .array(
      z.looseObject({
        associationType: text,
        sequenceNumber: z.number().optional(),
        originNodeURI: Link,
        destinationNodeURI: Link,
      }),
    )
    .max(5_000)
    .optional(),
  CFRubrics: z
    .array(z.looseObject({ CFRubricCriteria: z.array(Criterion).max(1_000).optional() }))
    .max(100)
    .optional(),
})
export type CasePackage = z.infer<typeof CasePackage>
