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
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at] ?? ''
    if (char === '*' && glob[at + 1] === '*') {
      const isFolder = glob[at + 2] === '/'
      result += isFolder ? '(?:.*/)?' : '.*'
      at += isFolder ? 2 : 1
    } else if (char === '*') result += '[^/]*'
    else if (char === '?') result += '[^/]'
    else if (char === '{') result += '(?:'
    else if (char === '}') result += ')'
    else if (char === ',') result += '|'
    else result += char.replace(/[.+^$()|[\]\\]/, '\\$&')
  }
  return result
}
