// GET: every receipt of a person with the newest nightly root, for keeping outside this site.
import type { APIRoute } from 'astro'
import { receiptsFile } from '#record/receipts.server.ts'

export const GET: APIRoute = async ({ locals }) => {
  const person = locals.session?.person
  if (!person) return new Response(null, { status: 401 })
  return new Response(JSON.stringify(await receiptsFile(person), null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="receipts.json"',
    },
  })
}
