import type { BlockNode, CommandNode, WordNode } from '@tod/rsc-parser'
import { childPath, type MenuTree } from '../state/menu-tree.js'
import { syntaxError } from './router-error.js'
import { positionIn, type ScriptSource } from './script-source.js'

/** What the words in front of a command's arguments mean. */
export type ResolvedCommand =
  /** A bare path; with a block behind it, the block runs in that menu. */
  | { readonly kind: 'menu'; readonly menu: string; readonly block?: BlockNode }
  | {
      readonly kind: 'menu-command'
      readonly menu: string
      readonly verb: string
      readonly argumentIndex: number
    }
  | { readonly kind: 'global'; readonly name: string; readonly argumentIndex: number }
  | { readonly kind: 'value' }

/** Which verbs a menu has and which commands exist everywhere; asked while words are resolved. */
export interface CommandCatalog {
  readonly menus: MenuTree
  verbs(menu: string): ReadonlySet<string>
  readonly globals: ReadonlySet<string>
}

interface Segment {
  readonly text: string
  readonly offset: number
  readonly headIndex: number
}

function segmentsOf(head: readonly WordNode[]): Segment[] {
  const segments: Segment[] = []
  head.forEach((word, headIndex) => {
    let offset = word.range.start
    for (const part of word.text.replace(/^:/, '/').split('/')) {
      if (part !== '') segments.push({ text: part, offset, headIndex })
      offset += part.length + 1
    }
  })
  return segments
}

/** The one candidate that the word means: itself, or the only one it abbreviates. */
function pick(word: string, candidates: Iterable<string>): string | undefined {
  let found: string | undefined
  for (const candidate of candidates) {
    if (candidate === word) return candidate
    if (!candidate.startsWith(word)) continue
    if (found !== undefined && found !== candidate) return undefined
    found = candidate
  }
  return found
}

/**
 * Splits a command into menu, verb and arguments: longest known directory path, then a verb.
 * @throws RouterError `bad command name …` at the word that means nothing.
 */
export function resolveCommand(
  node: CommandNode,
  source: ScriptSource,
  currentMenu: string,
  catalog: CommandCatalog,
): ResolvedCommand {
  const first = node.head[0]
  if (first === undefined) return { kind: 'value' }
  if (first.text.startsWith(':')) {
    const name = pick(first.text.slice(1), catalog.globals)
    if (name !== undefined) return { kind: 'global', name, argumentIndex: 1 }
    // Any command of the root menu can be written with a colon: `:ping`, `:terminal inkey`.
    const [word = ''] = first.text.slice(1).split('/')
    if (!catalog.menus.children('/').has(word) && !catalog.verbs('/').has(word)) {
      throw syntaxError(`bad command name ${word}`, positionIn(source, first.range.start))
    }
  }
  const segments = segmentsOf(node.head)
  let menu = /^[/:]/.test(first.text) ? '/' : currentMenu
  if (segments.length === 0) return { kind: 'menu', menu }
  for (const segment of segments) {
    if (segment.text === '..') {
      menu = menu.includes(' ') ? menu.slice(0, menu.lastIndexOf(' ')) : '/'
      continue
    }
    const directories = catalog.menus.children(menu)
    const verbs = catalog.verbs(menu)
    if (directories.has(segment.text)) {
      menu = childPath(menu, segment.text)
      continue
    }
    const word = pick(segment.text, verbs.has(segment.text) ? verbs : [...directories, ...verbs])
    if (word !== undefined && directories.has(word)) {
      menu = childPath(menu, word)
      continue
    }
    if (word !== undefined) {
      return { kind: 'menu-command', menu, verb: word, argumentIndex: segment.headIndex + 1 }
    }
    const global = segment === segments[0] ? pick(segment.text, catalog.globals) : undefined
    if (global !== undefined) return { kind: 'global', name: global, argumentIndex: segment.headIndex + 1 }
    throw syntaxError(`bad command name ${segment.text}`, positionIn(source, segment.offset))
  }
  const extra = node.arguments[node.head.length]
  if (extra?.value?.kind === 'block' && extra.name === undefined)
    return { kind: 'menu', menu, block: extra.value }
  if (extra !== undefined) {
    throw syntaxError('expected command name', positionIn(source, extra.range.start))
  }
  return { kind: 'menu', menu }
}
