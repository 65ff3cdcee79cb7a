// The search page of the export: the frame of another page with a form in it, and a script that finds by itself.
import { fileOf, wayFrom, type Look } from '#export/address.ts'
import { altered, replace, textIn, type Element, type Node } from '#export/html.ts'
import { element } from '#export/markup.ts'
import { searchScript } from '#export/scripts.server.ts'

export const searchAddress = '/search'

/** @param frame a page of the site, as it was read. */
export function searchPage(frame: readonly Node[], look: Look): Node[] {
  return replace(frame, (each) => {
    if (each.name === 'title')
      return [{ ...each, children: [textIn(each.children).replace(/^[^｜]*/, '搜索')] }]
    if (each.name === 'meta' && each.attributes.get('name') === 'description') return []
    if (each.name === 'a' && each.attributes.get('href') === searchAddress)
      return [altered(each, { 'aria-current': 'page' })]
    return each.name === 'main' ? [{ ...each, children: content(look) }] : undefined
  })
}

function content(look: Look): Element[] {
  return [
    element('div', { class: 'wrap page-head' }, [element('h1', {}, ['搜索']), form()]),
    element('section', { class: 'wrap found', 'aria-label': '找到的' }, [
      element('div', { id: 'told', role: 'status' }),
      element('div', { id: 'found' }),
      element('noscript', {}, [element('p', { class: 'say' }, ['搜索要用到脚本。', ...elsewhere()])]),
    ]),
    element('script', { defer: '', src: wayFrom(fileOf(searchAddress, look), searchScript) }),
  ]
}

function form(): Element {
  const hint = '课文、故事、案例和清单，一两个词、一句话都行，拼音也行。写的词不离开这台设备。'
  const input = { id: 'q', type: 'search', name: 'q', maxlength: '200', 'aria-describedby': 'q-hint' }
  return element('form', { class: 'seek', role: 'search', method: 'GET', action: searchAddress }, [
    element('div', { class: 'field' }, [
      element('label', { for: 'q' }, ['找什么']),
      element('span', { class: 'note', id: 'q-hint' }, [hint]),
      element('input', input),
    ]),
    element('button', { class: 'btn go' }, ['搜索']),
  ])
}

/** For who cannot search. */
const elsewhere = (): Node[] => [
  '可以从目录里找：',
  element('a', { href: '/courses' }, ['课程']),
  '、',
  element('a', { href: '/stories' }, ['故事']),
  '、',
  element('a', { href: '/cases' }, ['案例']),
  '、',
  element('a', { href: '/lists' }, ['清单']),
  '。',
]
