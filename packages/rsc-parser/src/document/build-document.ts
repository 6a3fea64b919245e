import type { MenuFacts } from '../facts/menu-facts.js'
import { menuFacts } from '../facts/menu-table.js'
import { type ResolvedCommand, resolveCommand } from '../facts/resolve-command.js'
import { commandArguments } from '../normalize/significant-properties.js'
import type { CommandNode, CommentNode, StatementNode } from '../syntax/node.js'
import { parse } from '../syntax/parser.js'
import { ProblemList } from '../syntax/problem-list.js'
import type { Tree } from '../syntax/tree.js'
import type { SourceRange } from '../text/source-range.js'
import type { ExportHeader } from './export-header.js'
import { guessMajor, looksVerbose, truncatedAt } from './export-traits.js'
import type { AttachedComment } from './item.js'
import { canonicalMenuPath, type MenuPath } from './menu-path.js'
import { ParsedItem } from './parsed-item.js'
import { readArguments } from './read-arguments.js'
import { readHeader } from './read-header.js'
import type { IncompleteMenu, MenuSection, OtherStatement, RscDocument } from './rsc-document.js'

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

/** A block that is read in place, and the menu that is in force again behind it. */
interface EnteredBlock {
  readonly statements: readonly StatementNode[]
  readonly outer: MenuPath
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
      if (node.kind !== 'comment' || i >= stated.statements) this.#readStatement(node, i)
    }
    const statedMajor =
      stated.routerosVersion === undefined ? undefined : Number.parseInt(stated.routerosVersion, 10)
    const major =
      this.#options.major ??
      statedMajor ??
      guessMajor([...this.#sections.values()].map((section) => section.facts))
    const items = this.#items
    let verbose: boolean | undefined
    const header: ExportHeader = {
      ...withoutStatements(stated),
      major,
      majorIsStated: statedMajor !== undefined,
      layout: this.#pathOnLine * 2 > this.#items.length ? 'terse' : 'wrapped',
      get verbose() {
        verbose ??= looksVerbose(items, major)
        return verbose
      },
    }
    const menus = [...this.#sections.values()].map((section) => closeSection(section, major))
    const byPath = new Map(menus.map((section) => [section.path, section]))
    for (const item of this.#items) item.settle(byPath.get(item.menu), major)
    const cut = header.range.end > header.range.start ? truncatedAt(tree, this.#items) : undefined
    if (cut !== undefined) {
      const message = 'The export ends in the middle of a command.'
      this.#problems.add('truncated-export', cut, tree.range.end, message)
    }
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

  /**
   * Reads a statement and, for `/ip { ... }` and plain `{ ... }`, what is inside, with the menu in force inside.
   * The blocks still to read are kept in a list, so depth costs no stack.
   */
  #readStatement(node: StatementNode, statement: number): void {
    let entered = this.#readOne(node, statement)
    if (entered === undefined) return
    const open = [{ statements: entered.statements, next: 0, outer: entered.outer }]
    while (open.length > 0) {
      const block = open[open.length - 1]
      const inner = block?.statements[block.next]
      if (block === undefined || inner === undefined) {
        open.pop()
        if (block !== undefined) this.#menu = block.outer
        continue
      }
      block.next++
      entered = this.#readOne(inner, statement)
      if (entered !== undefined) open.push({ statements: entered.statements, next: 0, outer: entered.outer })
    }
  }

  #readOne(node: StatementNode, statement: number): EnteredBlock | undefined {
    if (node.kind === 'comment') this.#readComment(node)
    else if (node.kind === 'command') return this.#readCommand(node, statement)
    else this.#comments = []
    return undefined
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

  #readCommand(node: CommandNode, statement: number): EnteredBlock | undefined {
    const comments = this.#comments
    this.#comments = []
    const last = node.arguments[node.arguments.length - 1]
    const block = last?.name === undefined && last?.value?.kind === 'block' ? last.value : undefined
    const opens = block !== undefined && node.arguments.length === node.head.length + 1 ? block : undefined
    if (node.head.length === 0 && opens === undefined) {
      this.#others.push({ menu: this.#menu, verb: '', range: node.range, statement })
      return undefined
    }
    const resolved = resolveCommand(
      node.head.map((word) => word.text),
      this.#menu,
      node.arguments.length === node.head.length,
    )
    if (resolved.verb === '' && opens !== undefined) {
      const outer = this.#menu
      this.#menu = resolved.menu
      return { statements: opens.statements, outer }
    }
    if (resolved.verb === '' && node.arguments.length === node.head.length) {
      this.#enterMenu(node, resolved)
      // A device writes some of its remarks in front of the heading.
      this.#comments = comments
      return undefined
    }
    if (!resolved.knownMenu) this.#noteUnknownMenu(node, resolved.menu)
    const { menu, verb } = resolved
    if ((verb === 'add' || verb === 'set') && !resolved.root) {
      this.#readItem(node, statement, resolved, verb, comments)
      return undefined
    }
    if (!resolved.knownVerb || verb === '') {
      const { start, end } = node.head[Math.max(0, resolved.used - 1)]?.range ?? node.range
      this.#problems.add('unknown-command', start, end, 'This word is neither a menu nor a command.')
    }
    this.#others.push({ menu, verb, range: node.range, statement })
    return undefined
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
