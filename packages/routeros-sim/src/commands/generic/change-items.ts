import { toPropertyText } from '../../language/convert-value.js'
import { failure, RouterError } from '../../language/router-error.js'
import { idValue, NOTHING } from '../../language/script-value.js'
import { checkNewItem, checkValues } from '../../state/check-item.js'
import { type ConfigItem, FLAG, type StoredValue, shownId, UNSET } from '../../state/config-item.js'
import type { ConfigMenu } from '../../state/config-menu.js'
import { wordOf } from '../../state/enumerations.js'
import { itemName } from '../../state/item-name.js'
import { networkOf, normalizeValue } from '../../state/normalize-value.js'
import { groupPolicy, scriptPolicy } from '../../state/policy-text.js'
import { redirectReferences } from '../../state/reference.js'
import { mergedPolicies } from '../../state/user-policies.js'
import type { ItemRecord } from '../item-record.js'
import type { CommandCall, MenuCommand } from '../menu-command.js'
import { isSingletonMenu } from '../menu-records.js'
import { recordsFor, selectedRecords } from '../select-records.js'
import { completeNewItem } from './new-item-values.js'

const NOT_PROPERTIES = new Set(['numbers', 'place-before', 'copy-from'])

/** The values a command gives, as they are stored. Positional words from `firstFlag` on are flags. */
function givenValues(call: CommandCall, firstFlag: number): Map<string, StoredValue> {
  const values = new Map<string, StoredValue>()
  for (const { name, value } of call.args.named.values()) {
    if (NOT_PROPERTIES.has(name)) continue
    const text = value === undefined ? undefined : wordOf(call.menu, name, toPropertyText(value))
    values.set(name, text === undefined ? UNSET : normalizeValue(call.menu, name, text))
  }
  for (const argument of call.args.positional.slice(firstFlag)) {
    if (argument.word !== undefined) values.set(argument.word, FLAG)
  }
  return values
}

/** The configured item behind a record. @throws RouterError when the row is state that nobody configured. */
function itemOf(record: ItemRecord): ConfigItem {
  if (record.item === undefined) {
    if (record.properties.get('dynamic') === 'yes') throw failure('can not change dynamic item')
    throw new RouterError('no such item')
  }
  return record.item
}

/** Stores values: what equals the default leaves the export, the rest is kept. */
export function storeValues(
  call: CommandCall,
  menu: ConfigMenu,
  item: ConfigItem,
  values: ReadonlyMap<string, StoredValue>,
): void {
  const changes = [...values].map(([name, value]): [string, StoredValue | undefined] => [
    name,
    menu.isDefault(item, name, value) || (value === UNSET && item.base.get(name) === undefined)
      ? undefined
      : value,
  ])
  call.router.config.assign(item, changes)
}

export const addItem: MenuCommand = (call) => {
  const { router, menu: path } = call
  const { config } = router
  if (isSingletonMenu(router, path)) throw new RouterError('bad command name add')
  const values = givenValues(call, 0)
  const copied = call.args.value('copy-from')
  if (copied !== undefined) {
    const [source] = recordsFor(router.records(path), copied)
    for (const [name, value] of source?.item?.values ?? []) if (!values.has(name)) values.set(name, value)
  }
  normalizePolicy(call, undefined, values)
  completeNewItem(router, path, values, call.execution)
  checkNewItem(config, path, values)
  const before = call.args.value('place-before')
  let index: number | undefined
  if (before !== undefined) {
    const [next] = recordsFor(router.records(path), before)
    if (next?.item === undefined) throw new RouterError('no such item')
    index = config.ensureMenu(path).items.indexOf(next.item)
  }
  const kept: [string, StoredValue][] = []
  const menu = config.ensureMenu(path)
  const hiddenValues = [...values].filter(([name]) => name.startsWith('.'))
  for (const [name] of hiddenValues) values.delete(name)
  const item = config.add(path, { base: hiddenValues, ...(index === undefined ? {} : { index }) })
  for (const [name, value] of values) {
    const hidden = value === UNSET || menu.isDefault(item, name, value)
    if (!hidden || (name === 'disabled' && menu.printed.has('disabled=no') && value === 'no'))
      kept.push([name, value])
  }
  config.assign(item, kept)
  return idValue(shownId(item))
}

/** Puts rights into the order and form in which a router keeps them. */
function normalizePolicy(
  call: CommandCall,
  item: ConfigItem | undefined,
  values: Map<string, StoredValue>,
): void {
  const given = values.get('policy')
  if (typeof given !== 'string') return
  const { major, settings, config } = call.router
  if (call.menu === '/user group') {
    const isCumulative = item !== undefined && settings.behaviour.groupPolicy === 'cumulative'
    const before = isCumulative ? config.ensureMenu(item.menu).read(item, 'policy') : undefined
    values.set('policy', groupPolicy(given, major, before))
  } else if (call.menu === '/system script' || call.menu === '/system scheduler') {
    values.set('policy', scriptPolicy(given))
  }
}

/** The network of a changed address, when it was the one that followed from the old address. */
function followedNetwork(
  item: ConfigItem,
  values: ReadonlyMap<string, StoredValue>,
): readonly [string, string] | undefined {
  if (item.menu !== '/ip address' || !values.has('address') || values.has('network')) return undefined
  const isDerived = item.values.get('network') === networkOf(item.values.get('address'))
  const network = networkOf(values.get('address'))
  return isDerived && network !== undefined ? ['network', network] : undefined
}

/** Changes one item: checks, renames with references, stores. */
function change(call: CommandCall, item: ConfigItem, given: ReadonlyMap<string, StoredValue>): void {
  const { config, settings } = call.router
  const menu = config.ensureMenu(item.menu)
  const values = new Map(given)
  const policy = given.get('policy')
  if (
    item.menu === '/user group' &&
    typeof policy === 'string' &&
    settings.behaviour.groupPolicy === 'cumulative'
  ) {
    values.set('policy', mergedPolicies(menu.read(item, 'policy') ?? '', policy))
  }
  checkValues(config, item.menu, values, item)
  const stored = new Map(values)
  normalizePolicy(call, item, stored)
  const oldName = itemName(menu, item)
  const following =
    call.router.settings.behaviour.addressNetwork === 'follow' ? followedNetwork(item, values) : undefined
  const newName = values.get('name')
  storeValues(call, menu, item, following === undefined ? stored : new Map([...stored, following]))
  if (oldName !== undefined && typeof newName === 'string' && newName !== oldName) {
    redirectReferences(config, item.menu, oldName, newName)
  }
}

export const setItems: MenuCommand = (call) => {
  const { router, menu } = call
  if (isSingletonMenu(router, menu)) {
    change(call, router.config.singleton(menu), givenValues(call, 0))
    return NOTHING
  }
  const values = givenValues(call, call.args.named.has('numbers') ? 0 : 1)
  for (const record of selectedRecords(call)) change(call, itemOf(record), values)
  return NOTHING
}

export const removeItems: MenuCommand = (call) => {
  const { config } = call.router
  for (const record of selectedRecords(call)) {
    if (record.properties.get('dynamic') === 'yes') throw failure('can not remove dynamic item')
    const item = itemOf(record)
    const menu = config.ensureMenu(item.menu)
    if (item.fixed) throw failure('can not remove builtin item')
    refuseInUse(call, item)
    const name = itemName(menu, item)
    config.remove(item)
    if (name !== undefined) redirectReferences(config, item.menu, name, shownId(item))
  }
  return NOTHING
}

/** A group with members and the last full user stay. */
function refuseInUse(call: CommandCall, item: ConfigItem): void {
  const users = call.router.config.menu('/user')
  if (users === undefined) return
  if (item.menu === '/user group') {
    const name = item.values.get('name')
    if (users.items.some((user) => users.read(user, 'group') === name)) throw failure('group is in use')
  }
  if (
    item.menu === '/user' &&
    users.items.filter((user) => users.read(user, 'group') === 'full').length === 1
  ) {
    if (users.read(item, 'group') === 'full')
      throw failure('last user with full permissions can not be removed')
  }
}

/** `enable`, `disable`. */
function switchItems(disabled: boolean): MenuCommand {
  return (call) => {
    for (const record of selectedRecords(call)) {
      change(call, itemOf(record), new Map([['disabled', disabled ? 'yes' : 'no']]))
    }
    return NOTHING
  }
}

export const enableItems = switchItems(false)
export const disableItems = switchItems(true)

export const commentItems: MenuCommand = (call) => {
  const given = call.args.value('comment') ?? call.args.positional[1]?.value
  const comment = given === undefined ? '' : toPropertyText(given)
  for (const record of selectedRecords(call)) change(call, itemOf(record), new Map([['comment', comment]]))
  return NOTHING
}

export const unsetItems: MenuCommand = (call) => {
  const given = call.args.value('value-name') ?? call.args.positional[1]?.value
  if (given === undefined) throw new RouterError('missing value(s) of argument(s) value-name')
  const names = toPropertyText(given).split(',')
  for (const record of selectedRecords(call)) {
    change(call, itemOf(record), new Map(names.map((name) => [name, UNSET] as const)))
  }
  return NOTHING
}

export const resetItems: MenuCommand = (call) => {
  const { config } = call.router
  const items = isSingletonMenu(call.router, call.menu)
    ? [config.singleton(call.menu)]
    : selectedRecords(call).map(itemOf)
  for (const item of items) {
    const kept = item.handle === undefined ? new Set(['name', 'comment', 'disabled']) : new Set<string>()
    config.assign(
      item,
      [...item.values.keys()].filter((name) => !kept.has(name)).map((name) => [name, undefined] as const),
    )
  }
  return NOTHING
}

export const moveItems: MenuCommand = (call) => {
  const records = selectedRecords(call)
  const destination = call.args.value('destination') ?? call.args.positional[1]?.value
  const { config } = call.router
  const before = destination === undefined ? [] : recordsFor(call.router.records(call.menu), destination)
  if (destination !== undefined && before[0] === undefined) throw new RouterError('no such item')
  const moved = records.map(itemOf)
  const next = before[0] === undefined ? undefined : itemOf(before[0])
  if (next !== undefined && moved.includes(next)) return NOTHING
  config.move(call.menu, moved, next)
  return NOTHING
}
