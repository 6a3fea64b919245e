import type { Item } from '../document/item.js'
import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import type { RscDocument } from '../document/rsc-document.js'
import type { Selector } from '../document/selector.js'
import { resolveCommand } from '../facts/resolve-command.js'
import type { CommandNode } from '../syntax/node.js'
import type { Tree } from '../syntax/tree.js'
import { joinLines } from '../text/escape.js'
import { formatValue } from '../text/quote.js'
import { type CommandWord, onePerLine, wrapCommand } from './wrap-command.js'

/** Options of {@link renderDocument}. */
export interface RenderOptions {
  /**
   * `compact`: headings and wrapped commands, as a device writes a file. `terse`: path and command on one line.
   * `one-per-line`: headings, and each property on a line of its own.
   */
  readonly style: 'compact' | 'terse' | 'one-per-line'
  /** Columns for `compact`; default 80. */
  readonly width?: number
  /** Default LF. */
  readonly lineEnd?: '\n' | '\r\n'
}

/**
 * Writes a document anew in another layout. Meaning is unchanged: items keep their order, their properties in
 * order and their decoded values; comments and statements that are no items are kept as written.
 */
export function renderDocument(document: RscDocument, options: RenderOptions): string {
  const tree = document.source
  const lines: string[] = []
  // Items inside a block are part of a statement that is kept as written.
  const items = new Map(document.items.map((item) => [item.statement, item]))
  const write = writer(options)
  // The menu in force for what follows in the source, and the one that the output so far has opened.
  let sourceMenu: MenuPath = '/'
  let openMenu: MenuPath = '/'
  let comments: string[] = []
  const open = (menu: MenuPath) => {
    if (openMenu !== menu) lines.push(menu)
    openMenu = menu
    lines.push(...comments)
    comments = []
  }
  for (let i = 0; i < tree.statementCount; i++) {
    const node = tree.statement(i)
    const found = items.get(i)
    const item = found !== undefined && found.range.start === node.range.start ? found : undefined
    if (node.kind === 'comment') {
      if (node.range.end <= document.header.range.end) lines.push(tree.text(node.range))
      else comments.push(tree.text(node.range))
    } else if (node.kind === 'text') {
      lines.push(...comments, tree.text(node.range))
      comments = []
    } else if (item !== undefined) {
      if (options.style !== 'terse') open(item.menu)
      else lines.push(...comments.splice(0))
      const verb = options.style === 'terse' ? `${item.menu} ${item.verb}` : item.verb
      lines.push(write(verb, itemWords(tree, item)))
    } else {
      const heading = headingMenu(node, sourceMenu)
      if (heading !== undefined) {
        sourceMenu = heading
        continue
      }
      open(sourceMenu)
      lines.push(tree.text(node.range))
    }
  }
  lines.push(...comments)
  const text = lines.length === 0 ? '' : `${lines.join('\n')}\n`
  return text.replace(/\r\n?|\n/g, options.lineEnd ?? '\n')
}

function writer(options: RenderOptions): (verb: string, words: readonly CommandWord[]) => string {
  if (options.style === 'one-per-line') return onePerLine
  const width = options.style === 'terse' ? Number.POSITIVE_INFINITY : (options.width ?? 80)
  return (verb, words) => wrapCommand(verb, words, width)
}

/** The menu a line opens when it is nothing but a path. */
function headingMenu(node: CommandNode, menu: MenuPath): MenuPath | undefined {
  if (node.head.length === 0 || node.head.length !== node.arguments.length) return undefined
  const resolved = resolveCommand(
    node.head.map((word) => word.text),
    menu,
    true,
  )
  return resolved.verb === '' ? resolved.menu : undefined
}

function itemWords(tree: Tree, item: Item): CommandWord[] {
  const words: CommandWord[] = []
  if (item.selector !== undefined) words.push({ text: writtenSelector(tree, item.selector) })
  for (const property of item.properties.values()) words.push(propertyWord(tree, property))
  return words
}

function writtenSelector(tree: Tree, selector: Selector): string {
  return selector.kind === 'name' ? formatValue(selector.name) : joinLines(tree.text(selector.range))
}

function propertyWord(tree: Tree, property: PropertyValue): CommandWord {
  // The name as written keeps an elided prefix: order does not change, so it still belongs to its group.
  const name = joinLines(tree.text(property.nameRange))
  if (property.state === 'flag') return { text: name }
  if (property.state === 'unset') return { text: `!${name}` }
  if (property.constant) return { name, value: formatValue(property.value) }
  const written = tree.text(property.valueRange)
  return { name, value: written.startsWith('"') ? joinLines(written) : written }
}
