// A refusal that speaks of one field of a form, so that it can be shown beside it.
import { Refusal, type RefusalKind } from '#refusal.ts'

export class WrongField extends Refusal {
  /** Name of the field in the form. */
  readonly field: string

  constructor(field: string, kind: RefusalKind, message: string, hint = '') {
    super(kind, message, hint)
    this.name = 'WrongField'
    this.field = field
  }
}
