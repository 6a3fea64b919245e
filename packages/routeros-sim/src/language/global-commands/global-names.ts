/** Names of the commands that exist in every menu; kept apart from what they do so that words can be resolved first. */
const globalNames: readonly string[] = (
  'beep break continue convert delay deserialize do error execute find for foreach global if import jobname len local ' +
  'log nothing onerror parse pick put quit range redo resolve retry return rndnum rndstr serialize set time ' +
  'timestamp toarray tobool toid toip toip6 tonum tostr totime typeof undo while'
).split(' ')

/**
 * Commands that older versions lack, with the version that brought them. Source of onerror and serialize: manual,
 * Scripting. Assumption: the others.
 */
const SINCE: Readonly<Record<string, readonly [major: number, minor: number]>> = {
  convert: [7, 13],
  deserialize: [7, 13],
  onerror: [7, 13],
  range: [7, 13],
  retry: [7, 13],
  rndnum: [7, 1],
  rndstr: [7, 1],
  serialize: [7, 13],
  timestamp: [7, 1],
}

/** The commands that exist in every menu of a version. */
export function globalNamesOf(major: number, minor: number): ReadonlySet<string> {
  return new Set(
    globalNames.filter((name) => {
      const [sinceMajor, sinceMinor] = SINCE[name] ?? [0, 0]
      return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor)
    }),
  )
}
