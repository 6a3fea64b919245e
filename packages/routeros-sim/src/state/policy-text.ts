/** Rights a group can have, in the order in which routers print them. */
const GROUP_7 =
  'local telnet ssh ftp reboot read write policy test winbox password web sniff sensitive api romon rest-api'.split(
    ' ',
  )
const GROUP_6 =
  'local telnet ssh ftp reboot read write policy test winbox password web sniff sensitive api romon dude tikapp'.split(
    ' ',
  )
const SCRIPT = 'ftp reboot read write policy test password sniff sensitive romon'.split(' ')

function inOrder(words: ReadonlySet<string>, order: readonly string[]): string[] {
  return [...order.filter((word) => words.has(word)), ...[...words].filter((word) => !order.includes(word))]
}

function split(text: string): { readonly granted: Set<string>; readonly denied: Set<string> } {
  const granted = new Set<string>()
  const denied = new Set<string>()
  for (const word of text.split(',')) {
    if (word.startsWith('!')) denied.add(word.slice(1))
    else if (word !== '') granted.add(word)
  }
  return { granted, denied }
}

/**
 * The policy of a group as it is kept and printed: what is granted, then what is not, each in the router's order.
 *
 * @param before the policy it had, when a newer router adds to it and takes only what is denied by name; absent when the
 * given text is all.
 */
export function groupPolicy(text: string, major: number, before?: string): string {
  const order = major >= 7 ? GROUP_7 : GROUP_6
  const given = split(text)
  const granted = before === undefined ? new Set<string>() : split(before).granted
  for (const word of given.granted) granted.add(word)
  for (const word of given.denied) granted.delete(word)
  const denied = order.filter((word) => !granted.has(word)).map((word) => `!${word}`)
  return [...inOrder(granted, order), ...denied].join(',')
}

/** The policy of a script or scheduler entry: what is granted, in the router's order. */
export function scriptPolicy(text: string): string {
  return inOrder(split(text).granted, SCRIPT).join(',')
}
