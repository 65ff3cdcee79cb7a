// The reader chose how the pages should look: kept in a cookie for a year, then back to where they were.
import type { APIRoute } from 'astro'
import { localBack } from '#people/back.ts'
import { cookiesAreSecure } from '#people/session.server.ts'
import { changeLooks, writeLooks } from '#ui/looks.ts'

const year = 365 * 24 * 3600

export const POST: APIRoute = async ({ request, locals, cookies, redirect }) => {
  const form = await request.formData()
  const looks = changeLooks(locals.looks, String(form.get('set') ?? ''))
  // Not httpOnly: islands read it to look the same.
  cookies.set('looks', writeLooks(looks), {
    path: '/',
    maxAge: year,
    sameSite: 'lax',
    secure: cookiesAreSecure(),
  })
  return redirect(localBack(String(form.get('back') ?? '')) ?? '/', 303)
}
