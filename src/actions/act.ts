// Turns a feature's function into an Astro action: zod at the edge, a Refusal becomes the answer in Chinese.
import { ActionError, defineAction, type ActionAPIContext } from 'astro:actions'
import type { z } from 'astro/zod'
import { refusalIn, refusalStatus } from '#refusal.ts'
import { WrongField } from '#people/roster/wrong-field.ts'
import type { Session } from '#people/session.ts'

const codes = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  410: 'GONE',
  413: 'CONTENT_TOO_LARGE',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
} as const

/** A form action for whoever the permission table lets in; `session` is null only where it says `anyone`. */
export function act<Input extends z.ZodType, Output>(
  input: Input,
  run: (session: Session | null, input: z.output<Input>, context: ActionAPIContext) => Promise<Output>,
) {
  const handler = (values: z.output<Input>, context: ActionAPIContext) =>
    inWords(() => run(context.locals.session ?? null, values, context))
  // Astro's type of a handler depends on the schema and cannot be resolved while that is still a parameter.
  return defineAction<Output, 'form', Input>({ accept: 'form', input, handler: handler as never })
}

/** The same for a form whose fields depend on what it is about. */
export function actWithForm<Output>(run: (session: Session | null, form: FormData) => Promise<Output>) {
  return defineAction({
    accept: 'form',
    handler: (form: FormData, context) => inWords(() => run(context.locals.session ?? null, form)),
  })
}

async function inWords<Output>(run: () => Promise<Output>): Promise<Output> {
  try {
    return await run()
  } catch (error) {
    const refusal = refusalIn(error)
    if (!refusal) throw error
    const message = `${refusal.message}${refusal.hint}`
    if (refusal instanceof WrongField) throw besideField(refusal.field, message)
    throw new ActionError({ code: codes[refusalStatus[refusal.kind]], message })
  }
}

/** What Astro makes of zod's issues, so that the page shows it beside the field; its class is not exported. */
function besideField(field: string, message: string): ActionError {
  const issues = [{ code: 'custom', path: [field], message }]
  return Object.assign(new ActionError({ code: 'BAD_REQUEST', message }), {
    type: 'AstroActionInputError',
    issues,
  })
}
