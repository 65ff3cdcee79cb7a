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

function page(why: TurnAway): string {
  const message = escape(why.message)
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${message}</title></head>
<body><main><h1>${message}</h1><p>${escape(why.hint)}</p><p><a href="/">回到首页</a></p></main></body></html>
`
}
