// What a page takes as a form: one of the two ways in which browsers send them, whole, and with no more fields than a
// page of ours has. Everything behind may then read it without asking again.
import { TurnAway } from '#process/turn-away.ts'

/** The roster's longest form has a box for each of 50 people; what is far beyond was not made by a page. */
const mostFields = 500

const again = '请回到上一页再试。'

/** Refuses a body that is no form. @throws TurnAway 415, 413 or 400. */
export async function requireForm(type: string, body: Buffer): Promise<void> {
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return requireFew(count(body, '&'))
  const boundary = /^multipart\/form-data\b.*boundary="?([^";]{1,200})/i.exec(type)?.[1]
  if (!boundary) throw new TurnAway(415, '只收网页表单，收到的是别的内容。', again)
  requireFew(count(body, `--${boundary}`))
  await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData().catch(() => {
    throw new TurnAway(400, '收到的表单不完整。', again)
  })
}

function requireFew(fields: number) {
  if (fields > mostFields) throw new TurnAway(413, '表单里的项目太多。', again)
}

function count(body: Buffer, mark: string): number {
  let found = 0
  for (let at = body.indexOf(mark); at >= 0 && found <= mostFields; at = body.indexOf(mark, at + mark.length))
    found++
  return found
}
