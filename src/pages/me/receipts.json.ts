// GET: every receipt of a person with the newest nightly root, for keeping outside this site.
import type { APIRoute } from 'astro'
import { receiptsOf } from '#record/hours/credited.server.ts'
import { latestRoot, verifyChain } from '#record/root.server.ts'

export const GET: APIRoute = async ({ locals }) => {
  const person = locals.session?.person
  if (!person) return new Response(null, { status: 401 })
  const [receipts, chain, root] = await Promise.all([
    receiptsOf(person.id, 100_000, 0),
    verifyChain(person.id),
    latestRoot(),
  ])
  const body = {
    person: { name: person.name, number: person.number },
    chain,
    root,
    receipts: receipts.reverse(),
  }
  return new Response(JSON.stringify(body, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="receipts.json"',
    },
  })
}
