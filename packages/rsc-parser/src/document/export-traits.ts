import type { MenuFacts } from '../facts/menu-facts.js'
import { defaultValue } from '../normalize/default-value.js'
import { TokenKind } from '../syntax/token.js'
import type { Tree } from '../syntax/tree.js'
import type { Item } from './item.js'

/** The major version of a source that does not state it: by the menus that only one version has. */
export function guessMajor(menus: readonly (MenuFacts | undefined)[]): 6 | 7 {
  let balance = 0
  for (const facts of menus) if (facts?.majors.length === 1) balance += facts.majors[0] === 6 ? -1 : 1
  return balance < 0 ? 6 : 7
}

/** From this share of unset options and values at their default on, an export is a verbose one: a compact one has few. */
const verboseShare = 1 / 5

/** Fewer values at their default than this say nothing, unless options are unset as well. */
const tellingCount = 4

/** Whether properties are stated that a compact export would have left out. */
export function looksVerbose(items: readonly Item[], major: number): boolean {
  let unset = 0
  let needless = 0
  let all = 0
  for (const { menu, selector, properties } of items) {
    for (const { name, state, value } of properties.values()) {
      all++
      if (state === 'unset') unset++
      else if (state === 'set' && name !== 'disabled' && defaultValue(menu, name, major, selector) === value)
        needless++
    }
  }
  return (unset > 0 || needless >= tellingCount) && unset + needless > all * verboseShare
}

/**
 * Where the last token of a source begins that ends in the middle of a command: in a string, in a continued line,
 * behind an equals sign or within a property name. `undefined` for one that ends between commands.
 */
export function truncatedAt(tree: Tree, items: readonly Item[]): number | undefined {
  const last = tree.tokenCount - 1
  const kind = tree.tokenKind(last)
  const item = items[items.length - 1]
  const endsInItem = item !== undefined && item.range.end === tree.range.end
  const property = endsInItem ? [...item.properties.values()].pop() : undefined
  const isCut =
    kind === TokenKind.UnterminatedString ||
    kind === TokenKind.Continuation ||
    (endsInItem && (kind === TokenKind.Equals || property?.state === 'flag'))
  return isCut ? tree.tokenStart(last) : undefined
}
