// The template of a roster, for download.
import type { APIRoute } from 'astro'
import { rosterTemplate } from '#people/roster/read-roster.ts'

export const GET: APIRoute = () =>
  new Response(rosterTemplate(), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="roster.csv"; filename*=UTF-8''${encodeURIComponent('名册模板.csv')}`,
    },
  })
