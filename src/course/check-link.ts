// Where a link of a lesson may lead: the web, this site, this page. Nothing that runs, nothing disguised.

/** What is wrong with an address and how to mend it, or null. Addresses are judged as written, before any encoding. */
export function checkLink(address: string): { message: string; mend: string } | null {
  const shown = address.length > 60 ? `${address.slice(0, 60)}…` : address
  // Browsers drop tabs and line ends and read \ as /, so that `/\t/x` would lead to another site.
  if (/[\s\\\p{Cc}\p{Cf}]/u.test(address)) {
    return { message: `链接“${shown}”里有空白、反斜杠或看不见的字符。`, mend: '删去它们，重新键入网址。' }
  }
  if (address.startsWith('#') || /^\/(?!\/)/.test(address)) return null
  if (address.startsWith('//')) {
    return { message: `链接“${shown}”没有写明协议。`, mend: '写成 https:// 开头的完整网址。' }
  }
  if (/^mailto:/i.test(address)) {
    return {
      message: `链接“${shown}”是邮箱地址。`,
      mend: '邮箱不做成链接，前后加反引号，写成 `name@example.com`。',
    }
  }
  if (!/^https?:\/\/[^/?#]/i.test(address) || !URL.canParse(address)) {
    return {
      message: `链接“${shown}”不能用。`,
      mend: '只能用 https:// 或 http:// 开头的完整网址、/ 开头的站内地址，或 # 开头的本页位置。',
    }
  }
  const { username, password } = new URL(address)
  if (username || password) {
    return { message: `链接“${shown}”里带有用户名。`, mend: '删去 @ 和它前面的部分，核对真正的网站。' }
  }
  return null
}
