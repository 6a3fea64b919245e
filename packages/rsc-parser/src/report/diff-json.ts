import type { PropertyChange } from '../diff/change.js'
import type { Diff } from '../diff/diff-documents.js'
import type { StateItem } from '../diff/state-item.js'
import type { RscDocument } from '../document/rsc-document.js'
import { showLabel } from './show-label.js'
import { showValue } from './show-value.js'

/** One property of a change in JSON. An absent side is the device's default. */
export interface JsonPropertyChange {
  readonly name: string
  readonly before?: string
  readonly after?: string
}

/** One change in JSON. */
export interface JsonChange {
  readonly kind: 'added' | 'removed' | 'modified' | 'moved'
  readonly menu: string
  /** Tells the item from its neighbours, for people. */
  readonly item: string
  readonly properties: readonly JsonPropertyChange[]
  /** 1-based lines of the statements. */
  readonly fromLine?: number
  readonly toLine?: number
  /** For `moved`: where order counts, and the item it now stands before (absent: last). */
  readonly scope?: string
  readonly before?: string
}

/** A secret that one side does not carry, in JSON. */
export interface JsonUnknown {
  readonly menu: string
  readonly item: string
  readonly property: string
  readonly hiddenIn: 'from' | 'to'
}

/** A diff as JSON data: what `rsc diff --format json` prints. */
export interface JsonDiff {
  readonly changes: readonly JsonChange[]
  readonly unknown: readonly JsonUnknown[]
}

/** Plain data of a diff; secrets are masked unless `showSecrets`. */
export function diffJson(diff: Diff, from: RscDocument, to: RscDocument, showSecrets: boolean): JsonDiff {
  const view = { showSecrets, maxLength: 0 }
  const line = (document: RscDocument, item: StateItem) =>
    document.source.position(item.item.range.start).line
  const changes = diff.changes.map((change): JsonChange => {
    const before = change.kind === 'added' ? undefined : change.from
    const after = change.kind === 'removed' ? undefined : change.to
    const subject = after ?? before
    const names: readonly PropertyChange[] =
      change.kind === 'modified'
        ? change.properties
        : change.kind === 'moved'
          ? []
          : [...(subject?.properties.values() ?? [])].map((property) =>
              change.kind === 'added'
                ? { name: property.name, after: property }
                : { name: property.name, before: property },
            )
    return {
      kind: change.kind,
      menu: change.menu,
      item: subject === undefined ? '' : showLabel(subject),
      properties: names.map(({ name, before: old, after: now }) => {
        const oldText = showValue(change.menu, old, view)
        const newText = showValue(change.menu, now, view)
        return {
          name,
          ...(oldText === undefined ? {} : { before: oldText }),
          ...(newText === undefined ? {} : { after: newText }),
        }
      }),
      ...(before === undefined ? {} : { fromLine: line(from, before) }),
      ...(after === undefined ? {} : { toLine: line(to, after) }),
      ...(change.kind !== 'moved' ? {} : { scope: change.scope }),
      ...(change.kind !== 'moved' || change.next === undefined ? {} : { before: showLabel(change.next) }),
    }
  })
  return {
    changes,
    unknown: diff.unknown.map(({ menu, label, property, hiddenIn }) => ({
      menu,
      item: label,
      property,
      hiddenIn,
    })),
  }
}
