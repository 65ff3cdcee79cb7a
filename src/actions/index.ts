// Every change that a browser may ask for, one line each. Who may is said in src/people/permission.ts.
import { z } from 'astro/zod'
import { act, actWithForm } from './act.ts'
import { answerQuestion } from '#course/answer.server.ts'
import { acceptNoticeForm, changePasswordForm, confirmSecondFactorForm, setPinForm, withPasswordForm } from '#people/account.ts'
import { acceptNotice, changePassword, setPin } from '#people/account.server.ts'
import { beginSecondFactor, confirmSecondFactor, renewBackupCodes, stopSecondFactor } from '#people/second-factor.server.ts'
import { secondFactorForm, signInForm, signOutForm } from '#people/sign-in.ts'
import { giveSecondFactor, signInByForm, signOut } from '#people/sign-in.server.ts'
import { slipForm } from '#people/slip.ts'
import { useSlipByForm } from '#people/slip.server.ts'
import { fileDispute } from '#record/dispute.server.ts'

const Dispute = z.object({ about: z.string(), text: z.string() })

export const server = {
  signIn: act(signInForm, signInByForm),
  giveSecondFactor: act(secondFactorForm, giveSecondFactor),
  useSlip: act(slipForm, useSlipByForm),
  signOut: act(signOutForm, signOut),
  acceptNotice: act(acceptNoticeForm, acceptNotice),
  changePassword: act(changePasswordForm, changePassword),
  setPin: act(setPinForm, setPin),
  beginSecondFactor: act(withPasswordForm, beginSecondFactor),
  confirmSecondFactor: act(confirmSecondFactorForm, confirmSecondFactor),
  stopSecondFactor: act(withPasswordForm, stopSecondFactor),
  renewBackupCodes: act(withPasswordForm, renewBackupCodes),
  answer: actWithForm((session, form) => answerQuestion(session, form)),
  dispute: act(Dispute, (session, { about, text }) => fileDispute(session?.person.id ?? '', about, text)),
}
