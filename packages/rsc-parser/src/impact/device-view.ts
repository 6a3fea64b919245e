import { deviceState } from '../diff/device-state.js'
import type { StateItem } from '../diff/state-item.js'
import type { MenuPath } from '../document/menu-path.js'
import type { RscDocument } from '../document/rsc-document.js'

/** One item as the analysis reads it. */
export interface ViewItem {
  readonly menu: MenuPath
  /** Name by which others refer to it, where it has one. */
  readonly name: string | undefined
  /** Stated values by property; unset ones are left out, a bare flag is `yes`. */
  readonly values: ReadonlyMap<string, string>
  /** 1-based line of the statement; 0 when it comes from a plan and not from a text. */
  readonly line: number
  readonly state: StateItem
}

/** A device as the analysis sees it: items by menu, nothing else. Documents and steps of a plan both become one. */
export interface DeviceView {
  readonly major: number
  /** Release as a number for comparisons: 7.16.2 is 7016; 0 when the source does not say. */
  readonly release: number
  items(menu: MenuPath): readonly ViewItem[]
  /** The first item of a menu, for singletons. */
  one(menu: MenuPath): ViewItem | undefined
  /** Paths of all menus with items. */
  readonly menus: readonly MenuPath[]
  /** True for a text with the header that RouterOS writes: what it leaves out is not there. */
  readonly isWhole: boolean
  /** The text of statements such as `remove` or a loop: nobody can say what they leave. Empty without any. */
  readonly otherStatements: string
}

/** The value of a property, or what the device has when it is not stated. */
export function propertyOf(item: ViewItem | undefined, property: string, otherwise = ''): string {
  return item?.values.get(property) ?? otherwise
}

/** Commands that change the configuration in ways that items do not show, and the control structures around them. */
const changing =
  /^:?(remove|move|unset|enable|disable|import|load|reset|reset-configuration|if|foreach|for|while|do|onerror|execute)$/

/** True unless the item says `disabled=yes`, or says nothing where the device's default is disabled. */
export function isEnabled(item: ViewItem): boolean {
  const disabled = item.values.get('disabled') ?? item.state.facts?.defaults.disabled
  return disabled !== 'yes' && disabled !== 'true'
}

/** Elements of a comma list; none for an empty value. */
export function listOf(value: string): readonly string[] {
  return value === '' ? [] : value.split(',').map((element) => element.trim())
}

/** The view of a document. */
export function viewDocument(document: RscDocument): DeviceView {
  const menus = new Map<MenuPath, readonly StateItem[]>()
  for (const [path, menu] of deviceState(document).menus) menus.set(path, menu.items)
  const lineOf = ({ item: { range } }: StateItem): number =>
    range.end === range.start ? 0 : document.source.position(range.start).line
  const cache = new Map<MenuPath, readonly ViewItem[]>()
  const items = (menu: MenuPath): readonly ViewItem[] => {
    let found = cache.get(menu)
    if (found === undefined) {
      found = (menus.get(menu) ?? []).map((state) => viewItem(state, lineOf))
      cache.set(menu, found)
    }
    return found
  }
  return {
    major: document.header.major,
    release: releaseNumber(document.header.routerosVersion),
    items,
    one: (menu) => items(menu)[0],
    menus: [...menus.keys()],
    isWhole: document.header.majorIsStated,
    otherStatements: document.otherStatements
      .map(({ menu, verb, range }) => ({ menu, verb, text: document.source.text(range) }))
      .filter(({ verb, text }) => (verb === '' ? /^[{$]/.test(text) : changing.test(verb)))
      .filter(({ menu, text }) => !enablesWhatIsOn(text, menu, items(menu)))
      .map(({ menu, text }) => `${menu} ${text}`)
      .join('\n'),
  }
}

/** True for `enable ether3` where nothing switches it off: such a statement leaves everything as it is. */
function enablesWhatIsOn(text: string, menu: MenuPath, items: readonly ViewItem[]): boolean {
  const names = /\benable ([\w.,+-]+)\s*$/.exec(text)?.[1]?.split(',')
  return (
    names?.every((name) => {
      const item = items.find((each) => each.name === name || each.state.handle === `default-name=${name}`)
      return item === undefined ? menu === '/interface ethernet' : isEnabled(item)
    }) ?? false
  )
}

function viewItem(state: StateItem, lineOf: (item: StateItem) => number): ViewItem {
  const values = new Map<string, string>()
  for (const property of state.properties.values()) {
    if (property.state === 'set') values.set(property.name, property.value)
    else if (property.state === 'flag') values.set(property.name, 'yes')
  }
  return { menu: state.menu, name: state.name, values, line: lineOf(state), state }
}

function releaseNumber(version: string | undefined): number {
  const match = /^(\d+)\.(\d+)/.exec(version ?? '')
  return match === null ? 0 : Number(match[1]) * 1000 + Number(match[2])
}
