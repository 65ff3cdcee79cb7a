import type { APIRoute } from 'astro'
import { health } from '#process/health.server.ts'

export const GET: APIRoute = async () => {
  const now = await health()
  return Response.json(now, { status: now.status === 'ok' ? 200 : 503 })
}
