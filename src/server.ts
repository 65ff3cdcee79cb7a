// The process, as a table of contents: settings, database, front door, schedule; and how it ends.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { handInOverdue } from '#assessment/attempt/hand-in.server.ts'
import { nextQuestion } from '#assessment/attempt/next.server.ts'
import { saveAnswer } from '#assessment/attempt/save.server.ts'
import { attemptState } from '#assessment/attempt/state.server.ts'
import { availableItems } from '#assessment/bank/bank.server.ts'
import { computeStatistics } from '#assessment/calibration/statistics.server.ts'
import { closeForgotten } from '#assessment/sitting/sitting.server.ts'
import { answerAnywhere } from '#assessment/review/answer-anywhere.server.ts'
import { takeAnswer } from '#course/take-answer.server.ts'
import { beat, closeStudy, endSilentVisits, openStudy, stateOf } from '#course/study.server.ts'
import { onLibraryChange } from '#course/library-change.server.ts'
import { whatIsTold } from '#course/told.server.ts'
import { closeDatabase, openDatabase } from '#db/database.server.ts'
import { untold, type Commands, type Told } from '#db/lock.server.ts'
import { onStorageChange } from '#db/storage.server.ts'
import { useSettings, type Settings } from '#env.ts'
import { exportCommands } from '#export/export.server.ts'
import { eraseCommands } from '#people/erase.server.ts'
import { adminCommands } from '#people/first-admins.server.ts'
import { takeCarried } from '#kiosk/carry/take-carried.server.ts'
import { sweepKiosks } from '#kiosk/fleet/sweep.server.ts'
import { kioskOf } from '#kiosk/fleet/token.server.ts'
import { keepSettling, settleFailed } from '#kiosk/intake/settle.server.ts'
import { keepPacks } from '#kiosk/pack/current.server.ts'
import { usePlaylists } from '#kiosk/pack/playlists.server.ts'
import { packRoutes } from '#kiosk/pack/serve.server.ts'
import { builtPages } from '#kiosk/pack/site-pages.server.ts'
import { kioskSteps, openSteps } from '#kiosk/steps.server.ts'
import { needOf } from '#people/permission.ts'
import { sweepSignIn } from '#people/sweep.server.ts'
import { limitArrival } from '#process/arrival.ts'
import { backupCommands, keepBackups } from '#process/backups.server.ts'
import { built, builtHandler } from '#process/build.server.ts'
import { calibrateCommands } from '#process/calibrate.server.ts'
import { serverMaker, type MakeServer } from '#process/certificate.server.ts'
import { contentCommands } from '#process/content.server.ts'
import { requireOwnDatabase } from '#process/demo-mark.server.ts'
import { bringInContent, contentDir } from '#process/library-at-start.server.ts'
import { fileRoute } from '#process/file-route.server.ts'
import { logStorage } from '#process/health.server.ts'
import { openFrontDoor, type Answer, type FrontDoor } from '#process/front-door.server.ts'
import { invalidateTags } from '#process/front-cache.server.ts'
import { log } from '#process/log.server.ts'
import { keepMapsDerived, renewMaps } from '#process/maps.server.ts'
import { pages } from '#process/pages.server.ts'
import { preloader } from '#process/preload.server.ts'
import type { AstroHandler } from '#process/render.server.ts'
import { badReply, tooLongReply } from '#process/reply.server.ts'
import { kioskRoutes } from '#process/kiosk-routes.server.ts'
import { takeReports } from '#process/reports.server.ts'
import { startSchedule } from '#process/schedule.server.ts'
import { builtFiles, mediaFiles } from '#process/static.server.ts'
import {
  attemptRoutes,
  hallRoutes,
  studioRoutes,
  studyRoutes,
  visitorRoutes,
  type VisitorStep,
} from '#process/study-routes.server.ts'
import { verifyCommands } from '#process/verify.server.ts'
import { onModelChange } from '#record/capability/model.server.ts'
import { rebuildCommands } from '#record/rebuild.server.ts'
import { onConflict } from '#record/record.server.ts'
import { storeRoot } from '#record/root.server.ts'
import { lookAtDraft, openDraft, saveDraft } from '#studio/draft/save.server.ts'
import { clearIncoming } from '#studio/files/incoming.server.ts'
import { takeIntoDraft } from '#studio/files/take-into-draft.server.ts'
import { publishDue } from '#studio/publish/publish-due.server.ts'
import { startPushing } from '#xapi/push.server.ts'
import { statementsCommands } from '#xapi/write-file.server.ts'

export type Options = {
  /** Runs when the library is in and before anybody is let in: seeding a demo. */
  prepare?: () => Promise<void>
  /** What other processes may ask through the socket, beside the administrators' commands. */
  commands?: Commands
  /** Hears of what takes long before the process listens, such as a migration. */
  told?: Told
  /** Another handler than that of dist/ (tests). */
  astro?: AstroHandler
}

export type Running = { port: number; origin: string; close: () => Promise<void> }

/** Requests that are under way when the process ends have this long. */
const graceMilliseconds = 10_000

/**
 * Starts the process.
 * @throws SettingsRefused, DatabaseInUse, WrongDatabase, or an Error when it is not built.
 */
export async function startServer(chosen: Settings, options: Options = {}): Promise<Running> {
  const makeServer = serverMaker(chosen.tls)
  const settings = useSettings(await withPort(chosen))
  log.level = settings.logLevel
  onStorageChange(logStorage)
  onLibraryChange(invalidateTags)
  onModelChange({ after: () => invalidateTags(['model']) })
  onConflict((event) => log.warn({ event }, 'an id came again with other content and was refused'))
  const commands = {
    ...adminCommands,
    ...eraseCommands,
    ...rebuildCommands,
    ...exportCommands,
    ...backupCommands,
    ...verifyCommands,
    ...calibrateCommands,
    ...statementsCommands,
    ...contentCommands,
    ...options.commands,
  }
  await openDatabase(settings.dataDir, commands, options.told ?? untold)
  try {
    await requireOwnDatabase(settings.demo, settings.dataDir)
    await clearIncoming(settings.dataDir)
    await bringInContent(settings)
    usePlaylists(contentDir)
    await options.prepare?.()
    const server = await listen(settings, await frontDoor(settings, options), makeServer)
    const stopDeriving = keepMapsDerived()
    const stopSettling = keepSettling()
    const stopPacks = keepPacks({ dataDir: settings.dataDir, pages: builtPages, openItems })
    const stopSchedule = startSchedule({
      storeRoot,
      endSilentVisits,
      handInOverdue: async () => {
        // The demo leaves one open, so that whoever looks can take part.
        if (!settings.demo) await closeForgotten()
        await handInOverdue()
      },
      publishDue,
      sweepSignIn,
      keepBackups: () => keepBackups(settings.dataDir),
      renewMaps: () => renewMaps(settings.dataDir),
      settleFailed,
      sweepKiosks,
      describeItems: () => computeStatistics(settings.dataDir),
    })
    const stopPushing = startPushing((trouble) =>
      log.warn(trouble, 'the other LRS took no statements; they wait'),
    )
    const stopWork = async () =>
      void (await Promise.all([stopSchedule(), stopPushing(), stopDeriving(), stopPacks(), stopSettling()]))
    log.info({ port: settings.port, origin: settings.origin }, 'listening')
    return { port: settings.port, origin: settings.origin, close: () => close(server, stopWork) }
  } catch (error) {
    await closeDatabase()
    throw error
  }
}

/** What is answered before Astro, in development too. */
export function firstAnswers(settings: Settings): Answer[] {
  const study = studyRoutes({ open: openStudy, beat, close: closeStudy, state: stateOf, visit: whatIsTold })
  const attempt = attemptRoutes({ save: saveAnswer, next: nextQuestion, state: attemptState })
  const answer: VisitorStep = (session, body) => takeAnswer(session, body, answerAnywhere)
  const studio = studioRoutes({ open: openDraft, save: saveDraft, look: lookAtDraft })
  const files = [fileRoute(takeIntoDraft), mediaFiles(settings.dataDir)]
  const kiosk = kioskRoutes(openSteps, kioskSteps, kioskOf)
  return [
    study,
    attempt,
    studio,
    kiosk,
    packRoutes(settings.dataDir),
    hallRoutes({ carry: (_, body) => takeCarried(body) }),
    visitorRoutes({ answer }),
    takeReports,
    ...files,
  ]
}

const openItems = async () => (await availableItems({ secure: false })).map(({ item }) => item)

async function frontDoor(settings: Settings, options: Options): Promise<FrontDoor> {
  const astro = options.astro ?? (await builtHandler())
  const isOpen = (path: string) => needOf('GET', path)?.need === 'anyone'
  const rest = pages(settings, astro, isOpen, preloader(built.client))
  return openFrontDoor(settings, [...firstAnswers(settings), builtFiles(built.client), rest])
}

/** Port 0 is settled first, because the origin names it and much is made from the origin. */
async function withPort(settings: Settings): Promise<Settings> {
  if (settings.port !== 0) return settings
  const probe = await bind(createServer(), 0, settings.host)
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return {
    ...settings,
    port,
    origin: `${new URL(settings.origin).protocol}//${new URL(settings.origin).hostname}:${port}`,
  }
}

function bind(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}

async function listen(settings: Settings, door: FrontDoor, makeServer: MakeServer): Promise<Server> {
  // Bodies are limited each for itself (arrival.ts): a film takes longer than anything else.
  const times = { headersTimeout: 15_000, requestTimeout: 0, connectionsCheckingInterval: 5_000 }
  const take = (req: IncomingMessage, res: ServerResponse) => {
    limitArrival(req, 90_000)
    void door(req, res)
  }
  const server = makeServer({ ...times, keepAliveTimeout: 65_000 }, take)
  // Node answers a head of more than 16 KB by itself, and says nothing.
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // A browser opens connections ahead of need: a reply to nothing would be taken for that to its next request.
    if (socket.bytesRead === 0) socket.destroy()
    else if (socket.writable) socket.end(error.code === 'HPE_HEADER_OVERFLOW' ? tooLongReply : badReply)
  })
  // Who asks before sending a large body hears no before sending it.
  server.on('checkContinue', take)
  return bind(server, settings.port, settings.host).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    throw new Error(`端口 ${settings.port} 已被别的程序占用。请停掉它，或用 PORT 换一个端口。`)
  })
}

async function close(server: Server, stopWork: () => Promise<void>): Promise<void> {
  const grace = setTimeout(() => server.closeAllConnections(), graceMilliseconds)
  await new Promise((resolve) => server.close(resolve))
  clearTimeout(grace)
  await stopWork()
  await closeDatabase()
  log.info('stopped')
}

/** Ends the process when it is asked to, after what is under way is done; a second signal ends it at once. */
export function stopOnSignal(stop: () => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stop().then(
        () => process.exit(0),
        (err: unknown) => (log.error({ err }, 'the end was not orderly'), process.exit(1)),
      )
    })
  }
}
