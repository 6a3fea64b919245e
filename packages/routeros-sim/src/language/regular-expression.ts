import { RouterError } from './router-error.js'

const CLASSES: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  digit: '0-9',
  lower: 'a-z',
  upper: 'A-Z',
  space: ' \\t\\n\\r\\f\\v',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  print: ' -~',
  graph: '!-~',
  cntrl: '\\x00-\\x1f\\x7f',
}

/**
 * Makes a JavaScript expression of a POSIX extended one, as the operator `~` takes it.
 * @throws RouterError when it cannot be read.
 */
export function posixPattern(pattern: string): RegExp {
  let out = ''
  for (let i = 0; i < pattern.length; i += 1) {
    const c = pattern[i] ?? ''
    if (c === '[') {
      let end = i + 1
      if (pattern[end] === '^') end += 1
      if (pattern[end] === ']') end += 1
      while (end < pattern.length && pattern[end] !== ']') {
        if (pattern[end] === '[' && pattern[end + 1] === ':') end = pattern.indexOf(':]', end) + 1
        if (end <= 0) throw new RouterError('invalid regular expression')
        end += 1
      }
      const body = pattern.slice(i + 1, end)
      const negated = body.startsWith('^')
      const content = (negated ? body.slice(1) : body)
        .replace(/\\/g, '\\\\')
        .replace(/\[:(\w+):\]/g, (_, name: string) => CLASSES[name] ?? '')
        .replace(/\[/g, '\\[')
        .replace(/^\]/, '\\]')
      out += `[${negated ? '^' : ''}${content}]`
      i = end
    } else if (c === '\\') {
      const next = pattern[i + 1] ?? ''
      out += /[A-Za-z0-9]/.test(next) ? next : `\\${next}`
      i += 1
    } else if (c === '/') out += '\\/'
    else if (c === '{' && !/^\{\d+(,\d*)?\}/.test(pattern.slice(i))) out += '\\{'
    else if (c === '}' && !/\{\d+(,\d*)?$/.test(pattern.slice(0, i))) out += '\\}'
    else out += c
  }
  try {
    return new RegExp(out, 's')
  } catch {
    throw new RouterError('invalid regular expression')
  }
}
