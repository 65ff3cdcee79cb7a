// A source taken apart for comparison: the fields of its frontmatter, and its sections with what is read in them.
import type { Root, RootContent } from 'mdast'
import { z } from 'astro/zod'
import { checkLimits } from '#course/limits.ts'
import { normalise, parseTree } from '#course/parse.ts'
import { readYaml } from '#course/read-yaml.ts'
import { leadOf, sectionsOf } from '#course/sections.ts'

/** A section, or what stands before the first heading. */
export type WrittenSection = {
  /** null for what stands before the first heading. */
  title: string | null
  /** What is read in it, without its heading. */
  text: string
  /** As it is written. */
  source: string
}

export type Written = {
  /** null if the frontmatter cannot be read. */
  fields: Readonly<Record<string, unknown>> | null
  sections: WrittenSection[]
}

/** null for a source that cannot be read. */
export function written(source: string): Written | null {
  const text = normalise(source)
  if (checkLimits(text, '').length > 0) return null
  const parsed = parseTree(text, '')
  return 'tree' in parsed ? { fields: fieldsOf(parsed.tree), sections: sectionsIn(parsed.tree, text) } : null
}

function fieldsOf(tree: Root): Written['fields'] {
  const head = tree.children.find((node) => node.type === 'yaml')
  const read = readYaml(head?.value ?? '', z.record(z.string(), z.unknown()), '')
  return read.type === 'read' ? read.value : null
}

function sectionsIn(tree: Root, text: string): WrittenSection[] {
  const nodes = tree.children.filter(({ type }) => type !== 'yaml')
  const starts = nodes.filter((node) => node.type === 'heading' && node.depth === 2).map(startOf)
  const slice = (from: number, to?: number) => text.slice(from, to).trim()
  const first = nodes[0] ? startOf(nodes[0]) : text.length
  const lead: WrittenSection = {
    title: null,
    text: leadOf(tree)[0]?.text ?? '',
    source: slice(first, starts[0]),
  }
  const sections = sectionsOf(tree).map(({ title, text: read }, i) => ({
    title,
    text: read.split('\n').slice(1).join('\n'),
    source: slice(starts[i] ?? 0, starts[i + 1]),
  }))
  return lead.source === '' ? sections : [lead, ...sections]
}

const startOf = (node: RootContent) => node.position?.start.offset ?? 0
