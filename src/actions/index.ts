// Every change that a browser may ask for, one line each. Who may is said in src/people/permission.ts.
import { z } from 'astro/zod'
import { act, actWithForm } from './act.ts'
import { approveBatch, undoBatch } from '#archive/approve.server.ts'
import { ApproveForm, StoreForm, UndoForm, UploadForm } from '#archive/forms.ts'
import { storeBatch } from '#archive/store.server.ts'
import { keepUpload } from '#archive/uploads.server.ts'
import { CheckYearForm, checkYearBy, CloseYearForm, closeYearBy } from '#archive/years.server.ts'
import { answerByForm, handInByForm, HandInForm, startByForm } from '#assessment/attempt/by-form.server.ts'
import { StartForm } from '#assessment/attempt/start.server.ts'
import { approveItem, confirmPassage, retireItem, settleConflict } from '#assessment/bank/change.server.ts'
import { ApproveItemForm, ConflictForm, PassageForm, RetireItemForm } from '#assessment/bank/forms.ts'
import { writeItem } from '#assessment/bank/write-item.server.ts'
import { EnterItemsForm, TakeItemsForm } from '#assessment/exchange/forms.ts'
import { enterItems, mendItems, takeItems } from '#assessment/exchange/import-items.server.ts'
import { giveMark, reviseMark } from '#assessment/grading/mark.server.ts'
import { answerAnywhere } from '#assessment/review/answer-anywhere.server.ts'
import { endExtraTime, grantExtraTime } from '#assessment/sitting/extra-time.server.ts'
import {
  CloseSittingForm,
  EndExtraTimeForm,
  ExtraTimeForm,
  OpenSittingForm,
} from '#assessment/sitting/forms.ts'
import { closeSitting, openSitting } from '#assessment/sitting/sitting.server.ts'
import { takeCourseTest } from '#course/course-test/take.server.ts'
import { SettleForm } from '#course/dispute/settle-form.ts'
import { settleDispute } from '#course/dispute/settle.server.ts'
import { answerInHall, askHall, countHands } from '#kiosk/hall/ask.server.ts'
import { checkOut, writeIn } from '#kiosk/hall/check-out.server.ts'
import { checkIn } from '#kiosk/hall/claim.server.ts'
import { confirmSession, takeOff } from '#kiosk/hall/confirm.server.ts'
import * as hall from '#kiosk/hall/forms.ts'
import { dropSession, endSession, keepMinutes, openSession, planSession } from '#kiosk/hall/session.server.ts'
import { approve, rename, revoke } from '#kiosk/fleet/approve.server.ts'
import {
  ApproveKioskForm,
  RenameKioskForm,
  RevokeKioskForm,
  SetPlaylistForm,
} from '#kiosk/fleet/kiosk-forms.ts'
import { EndNoticeForm, NoticeForm } from '#kiosk/fleet/notice-forms.ts'
import { endNotice, pushNotice } from '#kiosk/fleet/push-notice.server.ts'
import { setPlaylist } from '#kiosk/fleet/set-playlist.server.ts'
import {
  acceptNoticeForm,
  changePasswordForm,
  confirmSecondFactorForm,
  setPinForm,
  withPasswordForm,
} from '#people/account.ts'
import { acceptNotice, changePassword, setPin } from '#people/account.server.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  renewBackupCodes,
  stopSecondFactor,
} from '#people/second-factor.server.ts'
import { secondFactorForm, signInForm, signOutForm } from '#people/sign-in.ts'
import { giveSecondFactor, signInByForm, signOut } from '#people/sign-in.server.ts'
import { slipForm } from '#people/slip.ts'
import { useSlipByForm } from '#people/slip.server.ts'
import { closeAccount, reopenAccount } from '#people/roster/account.server.ts'
import { addPerson, correctName } from '#people/roster/add-person.server.ts'
import { addUnit } from '#people/roster/add-unit.server.ts'
import { assign, endAssignment } from '#people/roster/assign.server.ts'
import * as form from '#people/roster/forms.ts'
import { grantRole, revokeRole } from '#people/roster/grant.server.ts'
import { applyImport } from '#people/roster/import.server.ts'
import { Newcomer } from '#people/roster/newcomer.ts'
import { printSlips } from '#people/roster/print-slips.server.ts'
import { NewUnit } from '#people/roster/unit.ts'
import { takeRoster } from '#people/roster/upload.server.ts'
import { AgreeForm, agreeVisit } from '#kiosk/visit/agree.server.ts'
import { endMerit, enterDeed, setMerit, takeBackDeed } from '#kiosk/visitor/keep-merit.server.ts'
import * as merit from '#kiosk/visitor/merit-forms.ts'
import { reviewTold, takeDownTold } from '#kiosk/visitor/review-told.server.ts'
import { ReviewToldForm, TakeDownToldForm } from '#kiosk/visitor/told-forms.ts'
import { requireSession as signedIn } from '#people/session.ts'
import { takeModel } from '#plan/model/find-model.server.ts'
import { PutModelForm, UploadModelForm } from '#plan/model/forms.ts'
import { putModelInForce } from '#plan/model/put-in-force.server.ts'
import { SuggestionsForm, wantSuggestions } from '#people/suggestions.server.ts'
import { ObserveForm, TakeBackForm } from '#plan/observe/forms.ts'
import { observe, takeBackObservation } from '#plan/observe/observe.server.ts'
import { modelInUse } from '#record/capability/model.server.ts'
import { fileDispute } from '#record/dispute.server.ts'
import { draftOf } from '#studio/draft/begin.server.ts'
import { dropDraft } from '#studio/draft/drop.server.ts'
import * as draft from '#studio/draft/forms.ts'
import { saveByForm } from '#studio/draft/save.server.ts'
import { startByForm as startDraftByForm } from '#studio/draft/start-by-form.server.ts'
import { publishDraft, scheduleDraft } from '#studio/publish/publish-draft.server.ts'
import { answerFeedback } from '#studio/readers/answer-feedback.server.ts'
import { AnswerFeedbackForm } from '#studio/readers/forms.ts'
import * as read from '#studio/reading/forms.ts'
import { giveReading, handIn, remarkOn, settleRemark } from '#studio/reading/read-draft.server.ts'
import { setReadings, setWatchedWords } from '#studio/rules.server.ts'
import { ReadingsForm, WatchedWordsForm } from '#studio/rules.ts'
import { FileConflictForm, ReasonForm, RollBackForm } from '#studio/withdraw/forms.ts'
import { rollBack } from '#studio/withdraw/roll-back.server.ts'
import { settleFileConflict } from '#studio/withdraw/settle-conflict.server.ts'
import { restore, withdraw } from '#studio/withdraw/withdraw.server.ts'

const Dispute = z.object({ about: z.string(), reason: z.string().optional(), text: z.string().optional() })

/** The posts that the roster may name. */
const posts = () => [...modelInUse().posts.values()]

export const server = {
  signIn: act(signInForm, signInByForm),
  giveSecondFactor: act(secondFactorForm, giveSecondFactor),
  useSlip: act(slipForm, useSlipByForm),
  signOut: act(signOutForm, signOut),
  acceptNotice: act(acceptNoticeForm, acceptNotice),
  changePassword: act(changePasswordForm, changePassword),
  setPin: act(setPinForm, setPin),
  agreeVisit: act(AgreeForm, agreeVisit),
  beginSecondFactor: act(withPasswordForm, beginSecondFactor),
  confirmSecondFactor: act(confirmSecondFactorForm, confirmSecondFactor),
  stopSecondFactor: act(withPasswordForm, stopSecondFactor),
  renewBackupCodes: act(withPasswordForm, renewBackupCodes),
  answer: actWithForm((session, form) => answerAnywhere(session, form)),
  takeCourseTest: actWithForm(async (by, form) => takeCourseTest(signedIn(by), form)),
  startAttempt: act(StartForm, async (by, sent) => startByForm(signedIn(by), sent)),
  answerAttempt: actWithForm(async (by, form) => answerByForm(signedIn(by), form)),
  handInAttempt: act(HandInForm, async (by, sent) => handInByForm(signedIn(by), sent)),
  dispute: act(Dispute, async (by, sent) => fileDispute(signedIn(by).person.id, sent)),
  wantSuggestions: act(SuggestionsForm, async (by, sent) => wantSuggestions(signedIn(by), sent)),
  observe: act(ObserveForm, async (by, sent) => observe(signedIn(by), sent)),
  takeBackObservation: act(TakeBackForm, async (by, sent) => takeBackObservation(signedIn(by), sent)),
  settleDispute: act(SettleForm, async (by, sent) => settleDispute(signedIn(by), sent)),
  closeYear: act(CloseYearForm, async (by, sent) => closeYearBy(signedIn(by), sent)),
  checkYear: act(CheckYearForm, async (by, sent) => checkYearBy(signedIn(by), sent)),
  uploadHours: act(UploadForm, async (by, { file }) => keepUpload(signedIn(by), file)),
  storeHours: act(StoreForm, async (by, { upload }) => storeBatch(signedIn(by), upload)),
  approveHours: act(ApproveForm, async (by, { batch }) => approveBatch(signedIn(by), batch)),
  undoHours: act(UndoForm, async (by, { batch, reason }) => undoBatch(signedIn(by), batch, reason ?? '')),
  writeItem: actWithForm(async (by, form) => writeItem(signedIn(by), form)),
  approveItem: act(ApproveItemForm, async (by, { item }) => approveItem(signedIn(by), item)),
  retireItem: act(RetireItemForm, async (by, { item, reason }) => retireItem(signedIn(by), item, reason)),
  confirmPassage: act(PassageForm, async (by, { item, ...grounds }) =>
    confirmPassage(signedIn(by), item, grounds),
  ),
  settleItemConflict: act(ConflictForm, async (by, { item, keep }) =>
    settleConflict(signedIn(by), item, keep),
  ),
  takeItems: act(TakeItemsForm, async (by, sent) => takeItems(signedIn(by), sent)),
  mendItems: actWithForm(async (by, form) => mendItems(signedIn(by), form)),
  enterItems: act(EnterItemsForm, async (by, sent) => enterItems(signedIn(by), sent)),
  openSitting: act(OpenSittingForm, async (by, sent) => openSitting(signedIn(by), sent)),
  closeSitting: act(CloseSittingForm, async (by, { sitting }) => closeSitting(signedIn(by), sitting)),
  grantExtraTime: act(ExtraTimeForm, async (by, sent) => grantExtraTime(signedIn(by), sent)),
  endExtraTime: act(EndExtraTimeForm, async (by, { person }) => endExtraTime(signedIn(by), person)),
  giveMark: actWithForm(async (by, form) => giveMark(signedIn(by), form)),
  reviseMark: actWithForm(async (by, form) => reviseMark(signedIn(by), form)),
  startDraft: act(draft.StartForm, async (by, sent) => startDraftByForm(signedIn(by), sent)),
  startDraftOf: act(draft.StartFromForm, async (by, sent) => draftOf(signedIn(by), sent.document)),
  saveDraft: act(draft.SaveForm, async (by, sent) => saveByForm(signedIn(by), sent)),
  dropDraft: act(read.AboutDraftForm, async (by, { draft }) => dropDraft(signedIn(by), draft)),
  handIn: act(read.HandInForm, async (by, sent) =>
    handIn(signedIn(by), sent.draft, sent.newEdition === 'yes'),
  ),
  giveReading: act(read.ReadingForm, async (by, { draft, ...word }) =>
    giveReading(signedIn(by), draft, word),
  ),
  remarkOn: act(read.RemarkForm, async (by, sent) =>
    remarkOn(signedIn(by), sent.draft, sent.passage, sent.said),
  ),
  settleRemark: act(read.SettleRemarkForm, async (by, sent) =>
    settleRemark(signedIn(by), sent.draft, sent.remark),
  ),
  publishDraft: act(read.AboutDraftForm, async (by, { draft }) => publishDraft(signedIn(by), draft)),
  scheduleDraft: act(read.ScheduleForm, async (by, { draft, at }) => scheduleDraft(signedIn(by), draft, at)),
  answerFeedback: act(AnswerFeedbackForm, async (by, sent) => answerFeedback(signedIn(by), sent)),
  withdrawDocument: act(ReasonForm, async (by, { document, reason }) =>
    withdraw(signedIn(by), document, reason),
  ),
  restoreDocument: act(ReasonForm, async (by, { document, reason }) =>
    restore(signedIn(by), document, reason),
  ),
  rollBackDocument: act(RollBackForm, async (by, { document, number, why }) =>
    rollBack(signedIn(by), document, number, why),
  ),
  settleFileConflict: act(FileConflictForm, async (by, { document, keep }) =>
    settleFileConflict(signedIn(by), document, keep),
  ),
  setReadings: act(ReadingsForm, async (by, asked) => setReadings(signedIn(by), asked)),
  setWatchedWords: act(WatchedWordsForm, async (by, words) => setWatchedWords(signedIn(by), words)),
  planSession: act(hall.PlanForm, async (by, sent) => planSession(signedIn(by), sent)),
  openSession: act(hall.AboutSession, async (by, { session }) => openSession(signedIn(by), session)),
  dropSession: act(hall.AboutSession, async (by, { session }) => dropSession(signedIn(by), session)),
  endSession: act(hall.EndForm, async (by, sent) => endSession(signedIn(by), sent)),
  checkIn: act(hall.CheckInForm, async (by, sent) => checkIn(signedIn(by), sent)),
  checkOut: act(hall.CheckOutForm, async (by, sent) => checkOut(signedIn(by), sent)),
  writeIn: act(hall.WriteInForm, async (by, sent) => writeIn(signedIn(by), sent)),
  askHall: act(hall.AskForm, async (by, sent) => askHall(signedIn(by), sent)),
  answerInHall: act(hall.AnswerForm, async (by, sent) => answerInHall(signedIn(by), sent)),
  countHands: act(hall.HandsForm, async (by, sent) => countHands(signedIn(by), sent)),
  confirmSession: act(hall.ConfirmForm, async (by, sent) => confirmSession(signedIn(by), sent)),
  takeOffList: act(hall.TakeOffForm, async (by, sent) => takeOff(signedIn(by), sent)),
  keepMinutes: act(hall.MinutesForm, async (by, { session, minutes }) =>
    keepMinutes(signedIn(by), session, minutes),
  ),
  pushNotice: act(NoticeForm, async (by, sent) => pushNotice(signedIn(by), sent)),
  endNotice: act(EndNoticeForm, async (by, sent) => endNotice(signedIn(by), sent)),
  reviewTold: act(ReviewToldForm, async (by, sent) => reviewTold(signedIn(by), sent)),
  takeDownTold: act(TakeDownToldForm, async (by, sent) => takeDownTold(signedIn(by), sent)),
  setMerit: act(merit.SetMeritForm, async (by, sent) => setMerit(signedIn(by), sent)),
  endMerit: act(merit.EndMeritForm, async (by, sent) => endMerit(signedIn(by), sent)),
  enterDeed: act(merit.EnterDeedForm, async (by, sent) => enterDeed(signedIn(by), sent)),
  takeBackDeed: act(merit.TakeBackDeedForm, async (by, sent) => takeBackDeed(signedIn(by), sent)),
  approveKiosk: act(ApproveKioskForm, async (by, asked) => approve(signedIn(by), asked)),
  renameKiosk: act(RenameKioskForm, async (by, asked) => rename(signedIn(by), asked)),
  setKioskPlaylist: act(SetPlaylistForm, async (by, asked) => setPlaylist(signedIn(by), asked)),
  revokeKiosk: act(RevokeKioskForm, async (by, asked) => revoke(signedIn(by), asked)),
  uploadModel: act(UploadModelForm, async (by, { file }) => takeModel(signedIn(by), file)),
  putModelInForce: act(PutModelForm, async (by, { look }) => putModelInForce(signedIn(by), look)),
  addUnit: act(NewUnit, async (by, unit) => addUnit(signedIn(by), unit)),
  addPerson: act(Newcomer, async (by, newcomer) => addPerson(signedIn(by), newcomer, posts())),
  correctName: act(form.NameForm, async (by, { personId, name }) =>
    correctName(signedIn(by), personId, name),
  ),
  assign: act(form.AssignForm, async (by, asked) => assign(signedIn(by), asked, posts())),
  endAssignment: act(form.EndAssignmentForm, async (by, asked) => endAssignment(signedIn(by), asked)),
  closeAccount: act(form.AboutPerson, async (by, { personId }) => closeAccount(signedIn(by), personId)),
  reopenAccount: act(form.AboutPerson, async (by, { personId }) => reopenAccount(signedIn(by), personId)),
  grantRole: act(form.GrantForm, async (by, asked) => grantRole(signedIn(by), asked)),
  revokeRole: act(form.GrantForm, async (by, asked) => revokeRole(signedIn(by), asked)),
  printSlips: act(form.SlipsForm, async (by, { people }) => printSlips(signedIn(by), people)),
  uploadRoster: act(form.PreviewForm, async (by, sent) => takeRoster(signedIn(by) && sent.file, sent.text)),
  importRoster: act(form.ImportForm, async (by, { text, ...how }) =>
    applyImport(signedIn(by), text, how, posts()),
  ),
}
