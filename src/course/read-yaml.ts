// Reads a YAML file against a schema, and says line and column of everything that does not fit.
import { LineCounter, isMap, isNode, isPair, isScalar, parseDocument, visit } from 'yaml'
import type { Document, Node } from 'yaml'
import type { z } from 'astro/zod'
import { checkLimits, hiddenIn } from '#course/limits.ts'
import { explain, nameOf } from '#course/explain.ts'
import type { Place, Problem } from '#course/problem.ts'

/** What was read, with the place of each value; or what is wrong. */
export type YamlRead<T> =
  | { type: 'read'; value: T; place: (path: readonly PropertyKey[]) => Place }
  | { type: 'refused'; problems: Problem[] }

/** Names that would reach the prototype of an object. */
export const prototypeNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

const broken: Record<string, string> = {
  DUPLICATE_KEY: '同一个名称写了两次。',
  BAD_INDENT: '缩进不对。',
  TAB_AS_INDENT: '缩进用了制表符。',
  MISSING_CHAR: '少了引号、括号或冒号。',
}

/**
 * Parses and checks. Anchors, aliases and tags are refused: an author needs none, and they can blow up in memory.
 * @param firstLine line of the file on which this YAML begins
 * @param plain refuses control characters that are written as escapes ("\u202E"), as a text for readers must
 */
export function readYaml<T>(
  source: string,
  schema: z.ZodType<T>,
  file: string,
  { firstLine = 1, plain = false } = {},
): YamlRead<T> {
  const tooMuch = checkLimits(source, file)
  if (tooMuch.length > 0) return { type: 'refused', problems: tooMuch }
  const counter = new LineCounter()
  const document = parseDocument(source, {
    lineCounter: counter,
    version: '1.2',
    merge: false,
    stringKeys: true,
  })
  const placeOf = (offset: number): Place => {
    const { line, col } = counter.linePos(offset)
    return { line: Math.max(line, 1) + firstLine - 1, column: Math.max(col, 1) }
  }
  const problems = [
    ...syntaxProblems(document, file, placeOf),
    ...unsafeProblems(document, file, placeOf),
    ...(plain ? hiddenProblems(document, file, placeOf) : []),
  ]
  if (problems.length > 0) return { type: 'refused', problems }
  const place = (path: readonly PropertyKey[]) => placeOf(offsetOf(document, path))
  const result = schema.safeParse(document.toJS(), { reportInput: true })
  if (result.success) return { type: 'read', value: result.data, place }
  return {
    type: 'refused',
    problems: result.error.issues.map((issue) => problemOf(issue, document, file, placeOf)),
  }
}

function syntaxProblems(document: Document, file: string, placeOf: (offset: number) => Place): Problem[] {
  return [...document.errors, ...document.warnings].map((error) => ({
    file,
    ...placeOf(error.pos[0]),
    message: broken[error.code] ?? `YAML 的写法有误（${error.code}）。`,
    mend: '每行写成“名称: 值”，用空格缩进；值里有冒号、引号或井号时，整句加上引号。',
  }))
}

function unsafeProblems(document: Document, file: string, placeOf: (offset: number) => Place): Problem[] {
  const problems: Problem[] = []
  const refuse = (node: Node, message: string, mend: string) =>
    problems.push({ file, ...placeOf(node.range?.[0] ?? 0), message, mend })
  visit(document, {
    Alias: (_, node) => void refuse(node, '这里用了 * 引用。', '把内容直接写出来；要写星号，整句加上引号。'),
    Node: (_, node) => {
      if ('anchor' in node && node.anchor)
        refuse(node, '这里用了 & 锚点。', '把内容直接写出来；要写 &，整句加上引号。')
      if (node.tag?.startsWith('!')) refuse(node, '这里用了 ! 标签。', '删去它；要写感叹号，整句加上引号。')
    },
    Pair: (_, pair) => {
      if (isScalar(pair.key) && prototypeNames.has(String(pair.key.value))) {
        refuse(pair.key, `“${String(pair.key.value)}”不能用作名称。`, '换一个名称。')
      }
    },
  })
  return problems
}

function hiddenProblems(document: Document, file: string, placeOf: (offset: number) => Place): Problem[] {
  const problems: Problem[] = []
  visit(document, {
    Scalar: (_, { value, range }) => {
      const hidden = typeof value === 'string' ? hiddenIn(value) : null
      if (hidden)
        problems.push({ file, ...placeOf(range?.[0] ?? 0), message: hidden.message, mend: hidden.mend })
    },
  })
  return problems
}

function problemOf(
  issue: z.core.$ZodIssue,
  document: Document,
  file: string,
  placeOf: (offset: number) => Place,
): Problem {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path
  return { file, ...placeOf(offsetOf(document, path)), ...explain(issue, nameOf(issue.path)) }
}

/** Where the name of a value stands, or else of the nearest thing around it that exists. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
    const step = path[length - 1]
    const pair = isMap(parent)
      ? parent.items.find((each) => isPair(each) && isScalar(each.key) && each.key.value === step)
      : undefined
    if (pair && isNode(pair.key)) return pair.key.range?.[0] ?? 0
    const node: unknown = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return document.contents?.range?.[0] ?? 0
}
