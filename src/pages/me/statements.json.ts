// GET: a person's own learning record as xAPI statements, to take to another learning record store.
import type { APIRoute } from 'astro'
import { requireSession } from '#people/session.ts'
import { statementsOf } from '#xapi/read-statements.server.ts'

export const GET: APIRoute = async ({ locals }) => {
  const { person } = requireSession(locals.session)
  return new Response(JSON.stringify(await statementsOf(person.id), null, 2), {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="lianxue-xapi.json"',
    },
  })
}
