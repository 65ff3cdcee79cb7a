// The map of a unit (?asOf=YYYY-MM), for download.
import type { APIRoute } from 'astro'
import { requireSession } from '#people/session.ts'
import { mapFile } from '#plan/unit/map-file.server.ts'

export const GET: APIRoute = ({ locals, params, url }) =>
  mapFile(requireSession(locals.session), params['id'] ?? '', url.searchParams.get('asOf'), 'csv')
