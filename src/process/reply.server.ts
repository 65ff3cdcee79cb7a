// Short answers of the process itself, in Chinese: a small page for people, JSON for scripts.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Refusal } from '#refusal.ts'
import type { TurnAway } from '#process/turn-away.ts'

/** Answers with JSON. */
export function sendJson(res: ServerResponse, status: number, value: unknown): void {
  send(res, status, 'application/json; charset=utf-8', JSON.stringify(value))
}

/** Answers a script with a refusal: its status, and what to do in Chinese. */
export function sendRefusal(res: ServerResponse, refusal: Refusal): void {
  sendJson(res, refusal.status, refusal.toJSON())
}

/** Turns a request away: a page where a browser asks for one, otherwise JSON. */
export function turnAway(req: IncomingMessage, res: ServerResponse, why: TurnAway): void {
  if (why.close) res.setHeader('Connection', 'close')
  if (req.headers.accept?.includes('text/html')) send(res, why.status, 'text/html; charset=utf-8', page(why))
  else sendJson(res, why.status, { refused: String(why.status), message: why.message, hint: why.hint })
}

function send(res: ServerResponse, status: number, type: string, text: string) {
  res.writeHead(status, { 'Content-Type': type, 'Content-Length': String(Buffer.byteLength(text)) })
  // Text leaves in one piece with its headers; a buffer would be a second one.
  res.end(res.req.method === 'HEAD' ? undefined : text)
}

const escape = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`)

function page(why: { message: string; hint: string }): string {
  const message = escape(why.message)
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${message}</title></head>
<body><main><h1>${message}</h1><p>${escape(why.hint)}</p><p><a href="/">回到首页</a></p></main></body></html>
`
}

/** A reply for who sent something that was not even a request; the connection ends with it. */
function lastReply(status: string, message: string, hint: string): string {
  const body = page({ message, hint })
  const head = [
    `HTTP/1.1 ${status}`,
    'Content-Type: text/html; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Content-Security-Policy: default-src 'none'",
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}

export const tooLongReply = lastReply(
  '431 Request Header Fields Too Large',
  '网址或要找的话太长，没有读。',
  '搜索时写两百个字以内就够；别的页面请从首页进入。',
)
export const badReply = lastReply('400 Bad Request', '这个请求不完整，没有读。', '请刷新页面再试。')
