import type { ExportToken } from './wrap-command.js'

/**
 * Shortens dotted names: after `configuration.country=…` the next arguments of the same group are written `.mode=…`
 * (facts 1.4). Tokens come in export order.
 */
export function elidePrefixes(tokens: readonly ExportToken[]): ExportToken[] {
  let group: string | undefined
  return tokens.map((token) => {
    const bang = token.kind === 'word' && token.text.startsWith('!')
    const name = token.kind === 'property' ? token.name : bang ? token.text.slice(1) : undefined
    const dot = name === undefined ? -1 : name.indexOf('.')
    if (name === undefined || dot <= 0) {
      group = undefined
      return token
    }
    const prefix = name.slice(0, dot)
    const short = prefix === group ? name.slice(dot) : name
    group = prefix
    if (token.kind === 'property') return { ...token, name: short }
    return { kind: 'word', text: `!${short}` }
  })
}
