/**
 * Matches a path with forward slashes against a glob: `*` and `?` stay inside a folder, `**` does not, `{a,b}` are
 * alternatives. A glob without a slash matches the file name in any folder.
 */
export function matchesGlob(glob: string, path: string): boolean {
  const subject = path.replaceAll('\\', '/').replace(/^\.\//, '')
  const pattern = glob.replace(/^\.\//, '')
  const expression = new RegExp(`^${toExpression(pattern)}$`)
  return (
    expression.test(subject) || (!pattern.includes('/') && expression.test(subject.split('/').at(-1) ?? ''))
  )
}

function toExpression(glob: string): string {
  let result = ''
  let depth = 0
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at] ?? ''
    if (char === '*' && glob[at + 1] === '*') {
      const isFolder = glob[at + 2] === '/'
      result += isFolder ? '(?:.*/)?' : '.*'
      at += isFolder ? 2 : 1
    } else if (char === '*') result += '[^/]*'
    else if (char === '?') result += '[^/]'
    else if (char === '{' && closes(glob, at)) {
      depth++
      result += '(?:'
    } else if (char === '}' && depth > 0) {
      depth--
      result += ')'
    } else if (char === ',' && depth > 0) result += '|'
    else result += char.replace(/[.+^$(){}|[\]\\]/, '\\$&')
  }
  return result
}

/** True when the brace at a place has its counterpart; one that has not stands for itself. */
function closes(glob: string, at: number): boolean {
  let depth = 0
  for (let next = at; next < glob.length; next++) {
    if (glob[next] === '{') depth++
    else if (glob[next] === '}' && --depth === 0) return true
  }
  return false
}
