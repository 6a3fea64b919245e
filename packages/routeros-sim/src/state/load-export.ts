import { type ArgumentNode, type CommandNode, parseBytes, type Tree } from '@tod/rsc-parser'
import type { ExportIdentity, VersionNumbers } from '../export/export-header.js'
import { isFirstPhase, tellsOfUse } from '../export/first-phase.js'
import { type BuiltinHandle, type ConfigItem, FLAG, type StoredValue, UNSET } from './config-item.js'
import type { ConfigMenu } from './config-menu.js'
import { itemName } from './item-name.js'
import { findByName, namesIn, referenceTargets } from './reference.js'
import type { RouterConfig } from './router-config.js'

/** One `add` or `set` of an export, read without a router's strictness. */
export interface ExportCommand {
  readonly path: string
  readonly verb: 'add' | 'set'
  readonly handle?: BuiltinHandle
  readonly values: ReadonlyMap<string, StoredValue>
}

/** The text of a value as a router stores it. */
function storedText(argument: ArgumentNode, tree: Tree): string {
  const value = argument.value
  if (value === undefined) return ''
  if (value.kind === 'word') return value.text
  if (value.kind === 'string') return value.value
  if (value.kind === 'block') return tree.text(value.inner)
  return tree.text(value.range)
}

function handleOf(argument: ArgumentNode, tree: Tree): BuiltinHandle {
  const value = argument.value
  if (value?.kind === 'substitution') {
    const [statement] = value.statements
    const condition =
      statement?.kind === 'command' ? statement.arguments.find((part) => part.name !== undefined) : undefined
    if (
      statement?.kind === 'command' &&
      statement.arguments.length === 1 &&
      statement.head[0]?.text === 'find'
    ) {
      return { kind: 'find', property: '', value: '' }
    }
    if (condition?.name !== undefined) {
      return { kind: 'find', property: condition.name.text, value: storedText(condition, tree) }
    }
  }
  const text = storedText(argument, tree)
  if (value?.kind === 'word' && /^\d+$/.test(text)) return { kind: 'number', number: Number(text) }
  if (value?.kind === 'word' && /^\*[0-9A-F]+$/.test(text)) return { kind: 'id', id: text }
  return { kind: 'name', name: text }
}

function readCommand(node: CommandNode, section: string, tree: Tree): ExportCommand | string | undefined {
  const words = node.head.map((word) => word.text)
  const verbAt = words.findIndex((word) => word === 'add' || word === 'set')
  const pathWords = (verbAt < 0 ? words : words.slice(0, verbAt)).flatMap((word) => word.split('/'))
  const written = pathWords.filter((word) => word !== '').join(' ')
  const path = node.absolute || written !== '' ? `/${written}` : section
  if (verbAt < 0) {
    return node.absolute && node.arguments.length === words.length ? path : undefined
  }
  const values = new Map<string, StoredValue>()
  let handle: BuiltinHandle | undefined
  let group = ''
  const verb = words[verbAt] === 'set' ? 'set' : 'add'
  for (const argument of node.arguments.slice(verbAt + 1)) {
    if (argument.name === undefined) {
      if (verb === 'set' && handle === undefined && values.size === 0) handle = handleOf(argument, tree)
      else values.set(storedText(argument, tree), FLAG)
      continue
    }
    let name = argument.name.text
    if (name.startsWith('.')) name = group + name
    else group = name.includes('.') ? name.slice(0, name.indexOf('.')) : group
    values.set(name, argument.unset ? UNSET : storedText(argument, tree))
  }
  return { path, verb, values, ...(handle === undefined ? {} : { handle }) }
}

/** All commands of an export in order; what is no `add` or `set` is passed over. */
export function* exportCommands(text: string): IterableIterator<ExportCommand> {
  const tree = parseBytes(Buffer.from(text, 'latin1'))
  let section = '/'
  for (const statement of tree.statements()) {
    if (statement.kind !== 'command') continue
    const read = readCommand(statement, section, tree)
    if (typeof read === 'string') section = read
    else if (read !== undefined) {
      if (statement.absolute) section = read.path
      yield read
    }
  }
}

/** What the comment lines on top of an export say. */
export function readHeader(text: string): Partial<ExportIdentity> {
  const head = text.slice(0, 4000)
  const field = (pattern: RegExp): string | undefined => pattern.exec(head)?.[1]?.trim()
  // The second form is what oxidized puts in the place of the header line.
  const version = field(/^#.*RouterOS (\d\S*)/m) ?? field(/^# +version: (\d\S*)/m)
  const model = field(/^# model =([^\r\n]*)/m)
  const serialNumber = field(/^# serial number =([^\r\n]*)/m)
  const softwareId = field(/^# software id =([^\r\n]*)/m)
  const systemId = field(/^# system id =([^\r\n]*)/m)
  return {
    ...(version === undefined ? {} : { version }),
    ...(model === undefined ? {} : { model }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(softwareId === undefined ? {} : { softwareId }),
    ...(systemId === undefined ? {} : { systemId }),
  }
}

function sameHandle(a: BuiltinHandle, b: BuiltinHandle): boolean {
  if (a.kind === 'find' && b.kind === 'find') return a.property === b.property && a.value === b.value
  if (a.kind === 'name' && b.kind === 'name') return a.name === b.name
  if (a.kind === 'number' && b.kind === 'number') return a.number === b.number
  return a.kind === 'id' && b.kind === 'id' && a.id === b.id
}

/** The built-in item that a selector of an export means; items added by the same export are not meant. */
function findBuiltin(menu: ConfigMenu, handle: BuiltinHandle): ConfigItem | undefined {
  const builtins = menu.items.filter((item) => item.handle !== undefined)
  const same = builtins.find((item) => item.handle !== undefined && sameHandle(item.handle, handle))
  if (same !== undefined) return same
  const name =
    handle.kind === 'name'
      ? handle.name
      : handle.kind === 'find' && handle.property === 'name'
        ? handle.value
        : undefined
  return name === undefined ? undefined : builtins.find((item) => itemName(menu, item) === name)
}

/** Finds or makes the built-in item a selector means, and keeps items in the order of the export. */
function builtinFor(
  config: RouterConfig,
  menu: ConfigMenu,
  handle: BuiltinHandle,
  last: Map<string, number>,
): ConfigItem {
  const found = findBuiltin(menu, handle)
  if (found === undefined) {
    const base: [string, string][] =
      handle.kind === 'find' && handle.property !== ''
        ? [[`.${handle.property}`, handle.value]]
        : handle.kind === 'name'
          ? [['.name', handle.name]]
          : []
    const item = config.add(menu.path, { handle, base, fixed: true })
    last.set(menu.path, menu.items.length - 1)
    return item
  }
  found.handle = handle
  menu.touch(found)
  const index = menu.items.indexOf(found)
  const after = last.get(menu.path) ?? -1
  if (index < after) config.move(menu.path, [found], menu.items[after + 1])
  last.set(menu.path, menu.items.indexOf(found))
  return found
}

/** True when a new item names another added item of its own menu. */
function namesItsLike(
  config: RouterConfig,
  menu: ConfigMenu,
  values: ReadonlyMap<string, StoredValue>,
): boolean {
  return Object.entries(menu.facts?.refs ?? {}).some(([property, spec]) => {
    const value = values.get(property)
    if (typeof value !== 'string') return false
    if (!referenceTargets(spec, menu.path).some(({ menu: target, byUse }) => target === menu.path && !byUse))
      return false
    return namesIn(value, menu.path).some((name) => {
      const named = findByName(config, menu.path, name)
      return named !== undefined && named.handle === undefined
    })
  })
}

/** What the order of an export has told so far. */
interface PlacesSeen {
  /** The release that wrote the export. */
  readonly version: VersionNumbers
  /** Menus of which nothing is known, since the last one of the first phase. */
  readonly unknown: Set<string>
  isPastFirst: boolean
}

/** Learns from where an export writes a menu what its own commands do not say: see `isWrittenFirst`. */
function learnPlace(config: RouterConfig, path: string, seen: PlacesSeen): void {
  if (config.facts(path) === undefined) {
    seen.unknown.add(path)
    return
  }
  const isFirst = isFirstPhase(path, seen.version)
  if (isFirst && !seen.isPastFirst) {
    for (const menu of seen.unknown) config.ensureMenu(menu).isUsedUnseen = true
    seen.unknown.clear()
  }
  if (tellsOfUse(path, seen.version)) config.ensureMenu(path).isUsedUnseen ??= !seen.isPastFirst
  else seen.isPastFirst ||= !isFirst
}

/** What a verbose export does not say of a built-in item is known, but not written. */
function hideBase(item: ConfigItem): void {
  for (const [name, value] of [...item.base]) {
    if (name.startsWith('.')) continue
    item.base.delete(name)
    item.base.set(`.${name}`, value)
  }
}

/**
 * Loads an export into a configuration. Nothing is refused: unknown menus become plain lists or singletons, names that
 * point nowhere stay. What a compact export prints is remembered as no default.
 *
 * An export writes an item after those it names. When it leaves a menu and takes it up again for an item that names one
 * of the same menu, that item was in front of all of them, and is put there.
 *
 * @param text byte string.
 * @param version the release that wrote it, by whose rules its sections stand in order.
 */
export function loadExport(
  config: RouterConfig,
  text: string,
  verbose: boolean,
  version: VersionNumbers,
): void {
  const last = new Map<string, number>()
  config.loadedVerbose = verbose
  if (verbose) {
    for (const menu of config.menus.values()) for (const item of menu.items) hideBase(item)
  }
  const inFront = new Map<string, number>()
  let before = ''
  const seen: PlacesSeen = { version, unknown: new Set(), isPastFirst: false }
  for (const { path, verb, handle, values } of exportCommands(text)) {
    if (path !== before && last.has(path) && !inFront.has(path)) inFront.set(path, 0)
    before = path
    learnPlace(config, path, seen)
    const isSingleton = verb === 'set' && handle === undefined
    const menu = config.ensureMenu(path, isSingleton ? 'singleton' : 'list')
    if (isSingleton && menu.items.length === 0) menu.kind = 'singleton'
    if (verb === 'add' || handle !== undefined) menu.kind = 'list'
    if (verbose) menu.completeInExport = true
    let item: ConfigItem
    if (verb === 'add') {
      const passed = inFront.get(path)
      if (passed !== undefined && namesItsLike(config, menu, values)) {
        const builtins = menu.items.findIndex(({ handle }) => handle === undefined)
        item = config.add(path, { index: builtins + passed })
        inFront.set(path, passed + 1)
      } else item = config.add(path, {})
      last.set(path, menu.items.length - 1)
    } else if (handle === undefined) item = config.singleton(path)
    else item = builtinFor(config, menu, handle, last)
    for (const [name, value] of values) {
      if (verbose && (value === UNSET || menu.isDefault(item, name, value))) item.base.set(name, value)
      else {
        if (!verbose && value !== FLAG) menu.printed.add(`${name}=${value === UNSET ? '' : value}`)
        item.values.set(name, value)
      }
    }
    menu.touch(item)
  }
}
