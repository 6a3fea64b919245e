/**
 * Joins continued lines: an odd number of backslashes at the end of a line, the line end and all blanks that start the
 * next line go, and nothing takes their place (facts 1.8). Right inside and outside of strings.
 */
export function unwrapLines(text: string): string[] {
  const joined: string[] = []
  let pending: string | undefined
  for (const raw of text.replace(/\r\n?/g, '\n').split('\n')) {
    const line: string = pending === undefined ? raw : pending + raw.replace(/^[ \t]+/, '')
    const slashes = /\\*$/.exec(line)?.[0].length ?? 0
    if (slashes % 2 === 1 && !(pending === undefined && line.startsWith('#'))) {
      pending = line.slice(0, -1)
    } else {
      joined.push(line)
      pending = undefined
    }
  }
  if (pending !== undefined) joined.push(pending)
  if (joined.at(-1) === '') joined.pop()
  return joined
}
