import type { Key } from './key-reader.js'

/** The question at the end of a page. */
const pageQuestion = '-- [Q quit|D dump|down]'

/** Commands whose output is shown page by page: `print` without a wish to the contrary. */
export function isPaged(line: string): boolean {
  const asksForPrint = /(?:^|[\s/])pr(?:i(?:n(?:t)?)?)?(?:\s|$)/.test(line)
  return asksForPrint && !/without-paging|as-value|count-only|follow|\binterval=|\bfile=|[[:;]/.test(line)
}

/** Shows text in pages of `height` lines, asking for a key after each. Enter and down go on by a line. */
export async function showPages(
  text: string,
  height: number,
  show: (text: string) => void,
  nextKey: () => Promise<Key | undefined>,
): Promise<void> {
  const lines = text.split(/(?<=\n)/)
  let room = Math.max(1, height - 1)
  for (let at = 0; at < lines.length; ) {
    const page = lines.slice(at, at + room)
    show(page.join(''))
    at += page.length
    if (at >= lines.length) return
    show(pageQuestion)
    const key = await nextKey()
    show(`\r${' '.repeat(pageQuestion.length)}\r`)
    const letter = key?.kind === 'text' ? key.text.toLowerCase() : ''
    if (key === undefined || key.kind === 'interrupt' || letter === 'q') return
    if (letter === 'd') room = Number.POSITIVE_INFINITY
    else room = key.kind === 'enter' || key.kind === 'down' ? 1 : Math.max(1, height - 1)
  }
}
