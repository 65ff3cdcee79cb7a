// Before every page, endpoint and action: who asks, how it should look, and whether the permission table lets them.
import { getActionContext } from 'astro:actions'
import { defineMiddleware } from 'astro:middleware'
import type { APIContext } from 'astro'
import { withBack } from '#people/back.ts'
import { knownAt, refusalOf, verdictOf } from '#people/door.server.ts'
import { needOfAction } from '#people/action-needs.ts'
import { needOf, type Place, type Verdict } from '#people/permission.ts'
import { sessionOf } from '#people/session.server.ts'
import { refusalIn } from '#refusal.ts'
import { readLooks } from '#ui/looks.ts'

const nowhere = () => new Response(null, { status: 404 })
const leadTo = (address: string) => new Response(null, { status: 303, headers: { location: address } })

/** What is asked for: the page or endpoint, and the action if one is called. Null if either is not in the table. */
function placesOf(context: APIContext): Place[] | null {
  const { action } = getActionContext(context)
  const method = action?.calledFrom === 'form' ? 'GET' : context.request.method
  const place = needOf(method, context.url.pathname)
  // The router must have found the very page that the table names, however the address was spelled.
  if (!place || place.pattern !== context.routePattern) return null
  if (action?.calledFrom !== 'form') return [place]
  const need = needOfAction(action.name)
  return need && [place, { pattern: place.pattern, need }]
}

/** A browser that opens a page or sends a form; scripts ask for JSON. */
const wantsPage = (request: Request) => request.headers.get('accept')?.includes('text/html') ?? false

function turnAway(context: APIContext, verdict: Verdict): Response {
  const { request, url } = context
  if (verdict === 'hidden') return nowhere()
  const back = request.method === 'POST' ? url.pathname : url.pathname + url.search
  const forPage = wantsPage(request)
  if (forPage && verdict === 'signed-out') return leadTo(withBack('/sign-in', back))
  if (forPage && verdict === 'notice-unread') return leadTo(withBack('/account/notice', back))
  if (forPage && verdict === 'second-factor-missing') return leadTo('/account/second-factor')
  const refusal = refusalOf(verdict)
  return Response.json(refusal, { status: refusal?.status ?? 404 })
}

async function answer(
  context: APIContext,
  next: () => Promise<Response>,
  places: Place[],
): Promise<Response> {
  for (const place of places) {
    const verdict = await verdictOf(context.locals.session, place)
    if (verdict !== 'open') return turnAway(context, verdict)
  }
  try {
    return await next()
  } catch (error) {
    return sayRefusal(context, error)
  }
}

/** A page that has to store something, and cannot: who looks at a person's record without a trace does not see it. */
async function sayRefusal({ request, locals, rewrite }: APIContext, error: unknown): Promise<Response> {
  const refusal = refusalIn(error)
  if (!refusal) throw error
  if (!wantsPage(request)) return Response.json(refusal, { status: refusal.status })
  locals.refusal = refusal
  const page = await rewrite('/500')
  return new Response(page.body, { status: refusal.status, headers: page.headers })
}

/** What is answered to one person is kept by nobody on the way. */
function keepPrivate(response: Response): Response {
  response.headers.set('Cache-Control', 'no-store')
  response.headers.append('Vary', 'Cookie')
  return response
}

export const onRequest = defineMiddleware(async (context, next) => {
  const { locals, request } = context
  locals.looks = readLooks(context.cookies.get('looks')?.value)
  locals.session ??= null
  if (/^\/(404|500)$/.test(context.routePattern)) return next()
  const places = placesOf(context)
  if (!places) return keepPrivate(nowhere())
  // A page for everybody never learns who asks, so it cannot show it to the next reader.
  if (places.every((place) => place.need === 'anyone')) return next()
  // The process says which address it saw; in development Astro does.
  locals.address ??= context.clientAddress
  locals.session = knownAt(places, await sessionOf(request.headers.get('cookie')))
  return keepPrivate(await answer(context, next, places))
})
