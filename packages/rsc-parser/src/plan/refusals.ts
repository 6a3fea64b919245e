import type { Change } from '../diff/change.js'
import type { StateItem } from '../diff/state-item.js'
import { labelOf } from '../diff/state-item.js'
import type { Unsupported, UnsupportedCode } from './restore-plan.js'

const reasons: Readonly<Record<UnsupportedCode, string>> = {
  'unknown-default': 'The target leaves the property at its default, which is not known.',
  'secret-not-carried':
    'The target was exported without secrets; a new item gets none, one with another name keeps what it has.',
  'cannot-locate': 'There is no sure way to find this entry on the router.',
  'fixed-entry': 'The device has a fixed set of entries here; none can be added or removed.',
  'not-constant': 'The value is computed by a script, so what the device would get is not known.',
  'incomplete-menu': 'The device could not export this menu, so nothing in it is touched.',
  'other-form': 'This menu is a list on one side and a single item on the other.',
  'not-configuration': 'The document has a command here whose result is not known.',
  'dangling-reference': 'The value refers to something the target does not have.',
  'circular-reference': 'It needs something that in turn needs it first.',
}

/** Collects what a plan does not do. */
export class Refusals {
  readonly #list: Unsupported[] = []
  readonly #properties = new Set<string>()

  get list(): readonly Unsupported[] {
    return this.#list
  }

  /** `at` is the change's place in the diff. */
  refuse(code: UnsupportedCode, change: Change, at: number, property?: string): void {
    const to = change.kind === 'removed' ? undefined : change.to
    const subject = to ?? (change.kind === 'added' ? undefined : change.from)
    this.refuseItem(code, subject, { change: at, ...(property === undefined ? {} : { property }) }, change)
  }

  /** For what no change stands for, or not one alone. */
  refuseItem(
    code: UnsupportedCode,
    item: StateItem | undefined,
    about: { readonly change?: number; readonly property?: string },
    { menu, label }: { readonly menu: string; readonly label: string },
  ): void {
    if (about.property !== undefined) this.#properties.add(propertyId(item, about.property))
    this.#list.push({
      code,
      menu,
      label: item === undefined ? label : labelOf(item),
      ...(about.property === undefined ? {} : { property: about.property }),
      reason: reasons[code],
      ...(about.change === undefined ? {} : { change: about.change }),
    })
  }

  /** Whether a property of an item was refused already. */
  has(item: StateItem, property: string): boolean {
    return this.#properties.has(propertyId(item, property))
  }
}

/** A key for one property of one item of one side. */
export function propertyId(item: StateItem | undefined, property: string): string {
  return item === undefined ? property : `${item.menu}\n${item.index}\n${property}`
}
