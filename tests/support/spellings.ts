// One protected path, spelled as it must be and in all the other ways in which people have got past doors.

/** The spelling that is taken. */
export const protectedPath = '/admin/people'

/** Spellings that must never lead there. */
export const otherSpellings: [string, string][] = [
  ['an encoded letter', '/%61dmin/people'],
  ['an encoded letter in small hex', '/adm%69n/people'],
  ['a letter encoded twice', '/%2561dmin/people'],
  ['an encoded percent sign', '/admin%25/people'],
  ['an empty segment in front', '//admin/people'],
  ['an empty segment inside', '/admin//people'],
  ['a dot segment', '/./admin/people'],
  ['a dot segment inside', '/admin/./people'],
  ['a way up and back', '/courses/../admin/people'],
  ['an encoded dot segment', '/%2e/admin/people'],
  ['an encoded way up', '/courses/%2e%2e/admin/people'],
  ['an encoded slash', '/admin%2fpeople'],
  ['an encoded backslash', '/admin%5cpeople'],
  ['a backslash', '/admin\\people'],
  ['a parameter after a semicolon', '/admin;x=1/people'],
  ['a parameter at the end', '/admin/people;x'],
  ['an encoded null byte', '/admin/people%00'],
  ['an encoded space at the end', '/admin/people%20'],
  ['an overlong form of a slash', '/admin%c0%afpeople'],
  ['an overlong form of a letter', '/%c1%a1dmin/people'],
  ['capital letters', '/ADMIN/people'],
  ['one capital letter', '/admin/People'],
  ['a dot at the end', '/admin/people.'],
  ['a slash at the end', '/admin/people/'],
  ['an encoded line break', '/admin/people%0d%0a'],
  ['full-width letters', '/%EF%BD%81dmin/people'],
  ['an invisible sign', '/admin%E2%80%8B/people'],
  ['half of a letter', '/admin%E5%BB/people'],
  ['an encoded question mark', '/admin/people%3fx'],
  ['a broken encoding', '/admin/people%'],
  ['a whole address as target', 'http://127.0.0.1/admin/people'],
]
