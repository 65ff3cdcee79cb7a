// The map of a person (?asOf=YYYY-MM-DD), for download.
import type { APIRoute } from 'astro'
import { requireSession } from '#people/session.ts'
import { personFile } from '#plan/person-file.server.ts'

export const GET: APIRoute = ({ locals, params, url }) =>
  personFile(requireSession(locals.session), params['id'] ?? '', url.searchParams, 'xlsx')
