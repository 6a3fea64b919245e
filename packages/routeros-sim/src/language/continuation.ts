import { scriptSource } from './script-source.js'

/** What a line still needs before it is a whole command. */
export function continuationOf(text: string): 'complete' | 'brace' | 'string' | 'line' {
  const { tree } = scriptSource(text)
  for (const { code } of tree.problems) {
    if (code === 'unterminated-string') return 'string'
    if (code === 'unclosed-bracket') return 'brace'
    if (code === 'dangling-continuation') return 'line'
  }
  return /(?:^|[^\\])(?:\\\\)*\\$/.test(text) ? 'line' : 'complete'
}
