/** The version of a pack as people read it out to each other: the playlist and eight letters. */
export const sayVersion = (version: string) => version.slice(0, version.indexOf('.') + 9)
