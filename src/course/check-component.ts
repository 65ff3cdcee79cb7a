// Is a component written as components.ts says: known, in its place, with literal props and the right children?
import type { Nodes, Parents } from 'mdast'
import { componentNames, componentShape } from '#course/components.ts'
import type { ComponentShape } from '#course/components.ts'
import { explain } from '#course/explain.ts'
import type { Problem } from '#course/problem.ts'
import { placeOf } from '#course/tree.ts'
import type { ComponentNode, InlineTagNode } from '#course/tree.ts'

type Words = { message: string; mend: string }
type Attribute = ComponentNode['attributes'][number]

/** Everything wrong with one component or tag; of an `unfinished` text not that its content or place is. */
export function checkComponent(
  node: ComponentNode | InlineTagNode,
  above: readonly Parents[],
  file: string,
  unfinished = false,
): Problem[] {
  const shape = componentShape(node.name)
  const at = { file, ...placeOf(node) }
  if (!shape) return [{ ...at, ...explainUnknown(node.name) }]
  if (node.type === 'mdxJsxTextElement') {
    return [{ ...at, message: `<${node.name}> 写在了句子里。`, mend: '让它单独成段，前后各空一行。' }]
  }
  const holds = unfinished && shape.children !== 'nothing'
  const found = [
    unfinished ? null : checkPosition(node, shape, above),
    holds ? null : checkChildren(node, shape),
  ].filter((words) => words !== null)
  return [...checkProps(node, shape, file), ...found.map((words) => ({ ...at, ...words }))]
}

/** The literal props of a checked component. */
export function literalProps(node: ComponentNode): Record<string, string> {
  return Object.fromEntries(
    node.attributes.flatMap((each) =>
      each.type === 'mdxJsxAttribute' && typeof each.value === 'string' ? [[each.name, each.value]] : [],
    ),
  )
}

function explainUnknown(name: string | null): Words {
  const mend = `能用的组件只有：${componentNames.join('、')}；要显示尖括号，写成 \\<。`
  if (name === null) return { message: '这里有空标签 <>。', mend }
  if (/^[a-z]/.test(name)) return { message: `课文里不能写 HTML 标签 <${name}>。`, mend }
  return { message: `没有叫 <${name}> 的组件。`, mend }
}

function checkPosition(node: ComponentNode, shape: ComponentShape, above: readonly Parents[]): Words | null {
  const parent = above.at(-1)
  if (!parent || parent.type === 'root') return null
  const holder = parent.type === 'mdxJsxFlowElement' ? componentShape(parent.name) : null
  if (shape.nests && holder?.children === 'blocks') return null
  return { message: `<${node.name}> 不能放在这里面。`, mend: '把它移到外面，单独成段。' }
}

function checkProps(node: ComponentNode, shape: ComponentShape, file: string): Problem[] {
  const places = new Map<string, { line: number; column: number }>()
  const problems: Problem[] = []
  for (const each of node.attributes) {
    const place = each.position ? placeOf(each) : placeOf(node)
    const words = checkAttribute(each, node, shape, places)
    if (words) problems.push({ file, ...place, ...words })
    if (each.type === 'mdxJsxAttribute') places.set(each.name, place)
  }
  if (problems.length > 0) return problems
  const result = shape.props.safeParse(literalProps(node), { reportInput: true })
  return (result.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0] ?? '')
    const { message, mend } = explain(issue, name)
    const hint = issue.code === 'invalid_type' ? `补上 ${name}="…"，如 ${shape.example}` : mend
    return { file, ...(places.get(name) ?? placeOf(node)), message: `<${node.name}>：${message}`, mend: hint }
  })
}

function checkAttribute(
  attribute: Attribute,
  node: ComponentNode,
  shape: ComponentShape,
  seen: ReadonlyMap<string, unknown>,
): Words | null {
  const tag = `<${node.name}>`
  if (attribute.type !== 'mdxJsxAttribute') {
    return { message: `${tag} 里有 {...} 展开。`, mend: '删去它，逐个写出属性="值"。' }
  }
  const { name, value } = attribute
  if (!Object.hasOwn(shape.props.shape, name)) {
    const names = Object.keys(shape.props.shape)
    const mend = names.length > 0 ? `能写的只有：${names.join('、')}。` : '它不用写属性，删去即可。'
    return { message: `${tag} 没有“${name}”这个属性。`, mend }
  }
  if (seen.has(name)) return { message: `${tag} 的“${name}”写了两次。`, mend: '只留一个。' }
  if (typeof value === 'string') return null
  return { message: `${tag} 的“${name}”不是文字。`, mend: `把值写在英文引号里：${name}="…"，不用花括号。` }
}

function checkChildren(node: ComponentNode, shape: ComponentShape): Words | null {
  const mend = `照这样写：${shape.example}`
  const { children } = node
  const only = children.length === 1 ? children[0] : undefined
  const list = only?.type === 'list' ? only : undefined
  switch (shape.children) {
    case 'nothing':
      return children.length > 0 ? { message: `<${node.name}> 里面不能有内容。`, mend } : null
    case 'blocks':
      return children.length === 0 ? { message: `<${node.name}> 里面没有内容。`, mend } : null
    case 'words':
      return isPlainWords(children) ? null : { message: `<${node.name}> 里面只能是文字，不能为空。`, mend }
    case 'steps':
      return list?.ordered ? null : { message: `<${node.name}> 里面只能有一个编号列表。`, mend }
    case 'bold-list':
      return list && !list.ordered && list.children.every((item) => beginsBold(item.children[0]))
        ? null
        : { message: `<${node.name}> 里面只能有一个列表，每项以 **粗体** 开头。`, mend }
  }
}

function isPlainWords(children: readonly Nodes[]): boolean {
  const isWords = (node: Nodes) => node.type === 'text' || node.type === 'break'
  return (
    children.length > 0 &&
    children.every((child) => child.type === 'paragraph' && child.children.every(isWords))
  )
}

function beginsBold(node: Nodes | undefined): boolean {
  return node?.type === 'paragraph' && node.children[0]?.type === 'strong'
}
