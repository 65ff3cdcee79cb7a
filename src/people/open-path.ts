// Which of better-auth's addresses exist here. Everything else it could do (sign-up, changing one's name or mail,
// listing sessions, resetting by mail) answers 404.

const open = new Set([
  '/sign-in/username',
  '/sign-out',
  '/get-session',
  '/change-password',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/get-totp-uri',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
  '/two-factor/generate-backup-codes',
])

export const authBase = '/api/auth'

/** True if this exact path below /api/auth exists. Any other spelling of it does not. */
export function isOpenAuthPath(pathname: string): boolean {
  return pathname.startsWith(`${authBase}/`) && open.has(pathname.slice(authBase.length))
}
