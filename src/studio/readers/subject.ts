// What a remark is about, in words for everybody. An address may hold what somebody searched for, or whose page it was:
// only the path of pages that are the same for everybody is told.
import { needOf } from '#people/permission.ts'

/** Titles of pages that are no documents. */
const pageNames: Record<string, string> = {
  '/': '展厅',
  '/courses': '课程',
  '/stories': '故事',
  '/cases': '案例',
  '/cases/find': '案例',
  '/lists': '清单',
  '/search': '查找',
  '/capability': '能力图谱的说明',
  '/help': '帮助',
  '/privacy': '个人信息说明',
  '/accessibility': '无障碍说明',
  '/channels': '正式渠道',
}

/** A title, and the address of the page where anybody may open it. */
export type Subject = { title: string; href: string | null }

/**
 * @param page the address as it was sent
 * @param title of the document that stood there, or null
 */
export function subjectOf(page: string, title: string | null): Subject {
  const { pathname } = new URL(page, 'http://here.invalid')
  const isOpen = needOf('GET', pathname)?.need === 'anyone'
  const name = title ?? pageNames[pathname] ?? '网站的其他页面'
  return { title: name, href: isOpen && (title !== null || pathname in pageNames) ? pathname : null }
}
