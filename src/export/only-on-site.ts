// What the pages say of the site and what is untrue without it. In the export they say that only the site does it; whoever
// writes such a sentence on a public page puts it here.
import { leadToSite, type Here } from '#export/here.ts'
import { altered, classesOf, replace, type Node } from '#export/html.ts'
import { element } from '#export/markup.ts'

/** Words as they stand on pages of the site, and what the export says in their place. */
export const saidOtherwise: Record<string, string> = {
  '读一课，答几题，看见自己会做什么。': '可以读，可以听，可以查。',
  '，学完并通过检查题后记入学时': '。这里只能读，学时要在网站上学才记',
  '学到第几节、今年还差多少学时，登录后在“我的”里看。':
    '学到第几节、今年还差多少学时，只有网站记着，登录以后在那里看。',
  去我的学习: '去网站看我的学习',
  '学时按整门课程的分钟数折算。': '这里只能读；学时只有网站记，按整门课程的分钟数折算。',
  在这里写了会怎样: '在网站上写了会怎样',
  '“说说这一页”和各处的意见框，只收': '网站上的“说说这一页”和各处的意见框，只收',
}

/** They are about the site as a whole, so they begin with saying that. */
const aboutTheSite = ['/help', '/privacy', '/accessibility']
const note = '这一页说的是网站。这里是导出的静态网页，只能读：不能登录和答题，不记学时，也没有“说说这一页”。'

/** The page in words that hold without the site. */
export function inOwnWords(page: readonly Node[], here: Here): Node[] {
  const said = sayOtherwise(page)
  if (!aboutTheSite.includes(here.address)) return said
  return replace(said, (each) => {
    if (!classesOf(each).includes('prose')) return undefined
    return [{ ...each, children: [noteFor(here), ...each.children] }]
  })
}

function sayOtherwise(nodes: readonly Node[]): Node[] {
  return nodes.map((node) => {
    if (typeof node === 'string') return otherwise(node)
    if (node.name !== 'meta') return { ...node, children: sayOtherwise(node.children) }
    const content = node.attributes.get('content') ?? ''
    const said = otherwise(content)
    return said === content ? node : altered(node, { content: said })
  })
}

const otherwise = (text: string) =>
  Object.entries(saidOtherwise).reduce((said, [there, here]) => said.replaceAll(there, here), text)

function noteFor(here: Here): Node {
  const way = leadToSite(here)
  const link = way ? [element('a', { href: way }, ['去网站上这一页'])] : []
  return element('p', { class: 'say' }, [note, ...link])
}
