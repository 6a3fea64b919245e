import type { MenuFacts } from '../facts/menu-facts.js'
import { menuFacts } from '../facts/menu-table.js'
import { type ResolvedCommand, resolveCommand } from '../facts/resolve-command.js'
import { commandArguments } from '../normalize/significant-properties.js'
import type { CommandNode, CommentNode } from '../syntax/node.js'
import { parse } from '../syntax/parser.js'
import { ProblemList } from '../syntax/problem-list.js'
import { TokenKind } from '../syntax/token.js'
import type { Tree } from '../syntax/tree.js'
import type { SourceRange } from '../text/source-range.js'
import type { ExportHeader } from './export-header.js'
import type { AttachedComment, Item, ItemIdentity } from './item.js'
import { itemIdentity } from './item-identity.js'
import { canonicalMenuPath, type MenuPath } from './menu-path.js'
import type { PropertyValue } from './property-value.js'
import { readArguments } from './read-arguments.js'
import { readHeader } from './read-header.js'
import type { IncompleteMenu, MenuSection, OtherStatement, RscDocument } from './rsc-document.js'
import type { Selector } from './selector.js'

/** Options of {@link buildDocument}. */
export interface DocumentOptions {
  /** Major version whose facts and defaults count; default what the header states, else a guess by content. */
  readonly major?: number
  /** Menu in force at the first line; default the root. For a fragment taken from within a menu. */
  readonly menu?: MenuPath
}

/**
 * Builds the document of a source: menus, items, properties. Never throws; what it could not make sense of is in
 * `otherStatements` and `problems`.
 */
export function buildDocument(source: Tree | string, options: DocumentOptions = {}): RscDocument {
  const tree = typeof source === 'string' ? parse(source) : source
  return new DocumentBuilder(tree, options).build()
}

interface OpenSection {
  readonly path: MenuPath
  readonly facts: MenuFacts | undefined
  readonly items: ParsedItem[]
  readonly headings: SourceRange[]
  hasAdd: boolean
  hasPlainSet: boolean
}

class DocumentBuilder {
  readonly #tree: Tree
  readonly #problems = new ProblemList()
  readonly #sections = new Map<MenuPath, OpenSection>()
  readonly #items: ParsedItem[] = []
  readonly #others: OtherStatement[] = []
  readonly #incomplete: IncompleteMenu[] = []
  readonly #options: DocumentOptions
  #menu: MenuPath
  #comments: AttachedComment[] = []
  readonly #unknownMenus = new Set<MenuPath>()
  #interrupted = false
  #pathOnLine = 0

  constructor(tree: Tree, options: DocumentOptions) {
    this.#tree = tree
    this.#options = options
    this.#menu = options.menu === undefined ? '/' : canonicalMenuPath(options.menu)
  }

  build(): RscDocument {
    const tree = this.#tree
    const stated = readHeader(tree)
    for (let i = 0; i < tree.statementCount; i++) {
      const node = tree.statement(i)
      if (node.kind === 'comment') {
        if (i >= stated.statements) this.#readComment(node)
      } else if (node.kind === 'command') this.#readCommand(node, i)
      else this.#comments = []
    }
    const statedMajor =
      stated.routerosVersion === undefined ? undefined : Number.parseInt(stated.routerosVersion, 10)
    const major = this.#options.major ?? statedMajor ?? this.#guessMajor()
    const header: ExportHeader = {
      ...withoutStatements(stated),
      major,
      majorIsStated: statedMajor !== undefined,
      layout: this.#pathOnLine * 2 > this.#items.length ? 'terse' : 'wrapped',
      verbose: this.#looksVerbose(),
    }
    const menus = [...this.#sections.values()].map((section) => closeSection(section, major))
    const byPath = new Map(menus.map((section) => [section.path, section]))
    for (const item of this.#items) item.settle(byPath.get(item.menu), major)
    this.#noteTruncation(header)
    const problems = [...tree.problems, ...this.#problems.problems].sort(
      (a, b) => a.range.start - b.range.start,
    )
    return {
      source: tree,
      header,
      menus,
      items: this.#items,
      otherStatements: this.#others,
      incompleteMenus: this.#incomplete,
      interrupted: this.#interrupted,
      problems,
      menu: (path) => byPath.get(path) ?? byPath.get(canonicalMenuPath(path)),
    }
  }

  #readComment(node: CommentNode): void {
    const { range, text } = node
    const failed = /^error exporting "?(\/[^"(]*?)"?(?:\s*\(([^)]*)\))?\s*$/.exec(text)
    if (failed?.[1] !== undefined) {
      const path = canonicalMenuPath(failed[1])
      this.#incomplete.push(failed[2] === undefined ? { path, range } : { path, reason: failed[2], range })
      this.#problems.add('export-error', range.start, range.end, `The device could not export ${path}.`)
      return
    }
    if (text.trim() === 'interrupted') {
      this.#interrupted = true
      this.#problems.add('export-interrupted', range.start, range.end, 'The export was interrupted here.')
      return
    }
    this.#comments.push({ range, text: text.startsWith(' ') ? text.slice(1) : text })
  }

  #readCommand(node: CommandNode, statement: number): void {
    const comments = this.#comments
    this.#comments = []
    if (node.head.length === 0) {
      this.#others.push({ menu: this.#menu, verb: '', range: node.range, statement })
      return
    }
    const resolved = resolveCommand(
      node.head.map((word) => word.text),
      this.#menu,
      node.arguments.length === node.head.length,
    )
    if (resolved.verb === '' && node.arguments.length === node.head.length) {
      this.#enterMenu(node, resolved)
      // A device writes some of its remarks in front of the heading.
      this.#comments = comments
      return
    }
    if (!resolved.knownMenu) this.#noteUnknownMenu(node, resolved.menu)
    const { menu, verb } = resolved
    if ((verb === 'add' || verb === 'set') && !resolved.root) {
      this.#readItem(node, statement, resolved, verb, comments)
      return
    }
    if (!resolved.knownVerb || verb === '') {
      const range = node.head[Math.max(0, resolved.used - 1)]?.range ?? node.range
      this.#problems.add(
        'unknown-command',
        range.start,
        range.end,
        'This word is neither a menu nor a command.',
      )
    }
    this.#others.push({ menu, verb, range: node.range, statement })
  }

  #enterMenu(node: CommandNode, resolved: ResolvedCommand): void {
    this.#menu = resolved.menu
    if (!resolved.knownMenu) this.#noteUnknownMenu(node, resolved.menu)
    if (resolved.menu !== '/') this.#section(resolved.menu).headings.push(node.range)
  }

  #noteUnknownMenu(node: CommandNode, menu: MenuPath): void {
    if (this.#unknownMenus.has(menu)) return
    this.#unknownMenus.add(menu)
    const { start, end } = node.range
    this.#problems.add('unknown-menu', start, end, `${menu} is no menu of the versions known here.`)
  }

  #readItem(
    node: CommandNode,
    statement: number,
    resolved: ResolvedCommand,
    verb: 'add' | 'set',
    comments: readonly AttachedComment[],
  ): void {
    const section = this.#section(resolved.menu)
    const isSingleton = section.facts?.kind === 'singleton'
    const { selector, properties } = readArguments(
      this.#tree,
      node,
      resolved.used,
      verb === 'set' && !isSingleton,
      section.facts,
      this.#problems,
    )
    if (verb === 'add') section.hasAdd = true
    else if (selector === undefined) section.hasPlainSet = true
    if (resolved.used > 1) {
      this.#pathOnLine++
      section.headings.push({
        start: node.range.start,
        end: node.head[resolved.used - 2]?.range.end ?? node.range.start,
      })
    }
    const item = new ParsedItem({
      menu: resolved.menu,
      verb,
      selector,
      properties,
      comments,
      index: section.items.length,
      range: node.range,
      verbRange: node.head[resolved.used - 1]?.range ?? node.range,
      statement,
    })
    section.items.push(item)
    this.#items.push(item)
    // Placed among others or copied from one: the items alone no longer tell the outcome.
    if ([...commandArguments].some((name) => properties.has(name))) {
      this.#others.push({ menu: resolved.menu, verb, range: node.range, statement })
    }
  }

  #section(path: MenuPath): OpenSection {
    let section = this.#sections.get(path)
    if (section === undefined) {
      const facts = menuFacts(path, this.#options.major ?? 7)
      section = { path, facts, items: [], headings: [], hasAdd: false, hasPlainSet: false }
      this.#sections.set(path, section)
    }
    return section
  }

  /** By the menus that only one major version has. */
  #guessMajor(): number {
    let balance = 0
    for (const { facts } of this.#sections.values()) {
      if (facts?.majors.length === 1) balance += facts.majors[0] === 6 ? -1 : 1
    }
    return balance < 0 ? 6 : 7
  }

  /** Default values and unset properties in plenty: a compact export states none of them. */
  #looksVerbose(): boolean {
    let unset = 0
    for (const item of this.#items) {
      for (const property of item.properties.values()) if (property.state === 'unset') unset++
    }
    return this.#items.length > 0 && unset > this.#items.length / 2
  }

  /** An export that ends inside a string or a continued line, or in the middle of a word, was cut. */
  #noteTruncation(header: ExportHeader): void {
    const tree = this.#tree
    const last = tree.tokenCount - 1
    if (header.range.end === header.range.start || last < 0) return
    const kind = tree.tokenKind(last)
    const item = this.#items[this.#items.length - 1]
    const endsInItem = item !== undefined && item.range.end === tree.range.end
    const property = endsInItem ? [...item.properties.values()].pop() : undefined
    const isCut =
      kind === TokenKind.UnterminatedString ||
      kind === TokenKind.Continuation ||
      (endsInItem && (kind === TokenKind.Equals || property?.state === 'flag'))
    if (!isCut) return
    const start = tree.tokenStart(last)
    this.#problems.add(
      'truncated-export',
      start,
      tree.range.end,
      'The export ends in the middle of a command.',
    )
  }
}

function withoutStatements({ statements: _, ...header }: ReturnType<typeof readHeader>) {
  return header
}

function closeSection(section: OpenSection, major: number): MenuSection {
  const facts = menuFacts(section.path, major)
  // The table says what is usual; a `set` without an item shows what this version has.
  const kind =
    section.hasAdd || !section.hasPlainSet
      ? (facts?.kind ?? (section.hasAdd ? 'list' : 'singleton'))
      : 'singleton'
  return { path: section.path, kind, facts, items: section.items, headings: section.headings }
}

interface ItemFields extends Omit<Item, 'identity' | 'selector'> {
  readonly selector: Selector | undefined
}

/** An item whose identity is worked out when first asked for. */
class ParsedItem implements Item {
  readonly menu: MenuPath
  readonly verb: 'add' | 'set'
  readonly selector?: Selector
  readonly properties: ReadonlyMap<string, PropertyValue>
  readonly comments: readonly AttachedComment[]
  readonly index: number
  readonly range: SourceRange
  readonly verbRange: SourceRange
  readonly statement: number
  #section: MenuSection | undefined
  #major = 7
  #identity: ItemIdentity | undefined

  constructor(fields: ItemFields) {
    this.menu = fields.menu
    this.verb = fields.verb
    if (fields.selector !== undefined) this.selector = fields.selector
    this.properties = fields.properties
    this.comments = fields.comments
    this.index = fields.index
    this.range = fields.range
    this.verbRange = fields.verbRange
    this.statement = fields.statement
  }

  /** Tells the item what is known only at the end: its section, and the version that counts. */
  settle(section: MenuSection | undefined, major: number): void {
    this.#section = section
    this.#major = major
  }

  get identity(): ItemIdentity {
    const section = this.#section
    this.#identity ??= itemIdentity(this, section?.facts, section?.kind === 'singleton', this.#major)
    return this.#identity
  }
}
