import type { RscDocument } from '../document/rsc-document.js'
import type { Change, MovedChange, PropertyChange, UnknownValue } from './change.js'
import type { DeviceState } from './device-state.js'
import { deviceState } from './device-state.js'
import type { SecretVisibility } from './hidden-secrets.js'
import { carriesSecrets, statedSecrets } from './hidden-secrets.js'
import type { DocumentMatch, MenuPairs } from './match-documents.js'
import { matchDocuments, nothingHidden } from './match-documents.js'
import { orderedScopes } from './ordered-scopes.js'
import type { StateItem } from './state-item.js'
import { labelOf } from './state-item.js'

/** What is known about the two documents besides their text. */
export interface DiffOptions {
  /** Was `from` (`to`) exported with secrets? Default `auto`: yes, if it carries one. */
  readonly secrets?: { readonly from?: SecretVisibility; readonly to?: SecretVisibility }
}

/** All semantic differences between two documents, in the menu order of the newer one. */
export interface Diff {
  readonly changes: readonly Change[]
  /** Secrets that one side does not carry. They are no changes. */
  readonly unknown: readonly UnknownValue[]
}

/** A diff with what it stands on, for the plan. */
export interface DetailedDiff extends Diff {
  readonly fromState: DeviceState
  readonly toState: DeviceState
  readonly match: DocumentMatch
  /** False when the newer side was exported without secrets. */
  readonly toCarriesSecrets: boolean
}

/**
 * Compares what two documents mean: layout, quoting, order of properties, default values, live comments and dates
 * make no difference. Linear in the size of both for documents that are mostly equal.
 */
export function diffDocuments(from: RscDocument, to: RscDocument, options: DiffOptions = {}): Diff {
  const { changes, unknown } = detailedDiff(from, to, options)
  return { changes, unknown }
}

/** `diffDocuments` with the partners it found. */
export function detailedDiff(from: RscDocument, to: RscDocument, options: DiffOptions = {}): DetailedDiff {
  const fromState = deviceState(from)
  const toState = deviceState(to)
  const shows = (document: RscDocument, stated: SecretVisibility | undefined) =>
    stated === 'shown' || (stated !== 'hidden' && carriesSecrets(document))
  const fromShows = shows(from, options.secrets?.from)
  const toShows = shows(to, options.secrets?.to)
  const stated = fromShows === toShows ? undefined : statedSecrets(fromShows ? to : from)
  const isHidden =
    stated === undefined
      ? nothingHidden
      : ({ menu, facts }: StateItem, property: string) =>
          facts?.sensitive.includes(property) === true && !stated.has(`${menu} ${property}`)
  const match = matchDocuments(fromState, toState, isHidden)

  const changes: Change[] = []
  const unknown: UnknownValue[] = []
  for (const menu of match.menus) {
    if (stated !== undefined) collectUnknown(menu, isHidden, fromShows ? 'to' : 'from', unknown)
    compareMenu(menu, match, isHidden, changes)
  }
  return { changes, unknown, fromState, toState, match, toCarriesSecrets: toShows }
}

function compareMenu(
  menu: MenuPairs,
  match: DocumentMatch,
  isHidden: (item: StateItem, property: string) => boolean,
  changes: Change[],
): void {
  const { path } = menu
  const modified: { readonly change: Change; readonly index: number }[] = []
  for (const { from, to } of menu.pairs) {
    const properties = compareProperties(from, to, match, isHidden)
    const subject = to ?? from
    if (properties.length === 0 || subject === undefined) continue
    const change: Change = {
      kind: 'modified',
      menu: path,
      label: labelOf(subject),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      properties,
    }
    modified.push({ change, index: subject.index })
  }
  const added = menu.added.map((to) => ({
    change: { kind: 'added', menu: path, label: labelOf(to), to } as const,
    index: to.index,
  }))
  const moved = movedItems(menu).map((change) => ({ change, index: change.to.index }))
  for (const from of menu.removed) changes.push({ kind: 'removed', menu: path, label: labelOf(from), from })
  for (const { change } of [...modified, ...added, ...moved].sort((one, other) => one.index - other.index)) {
    changes.push(change)
  }
}

function compareProperties(
  from: StateItem | undefined,
  to: StateItem | undefined,
  match: DocumentMatch,
  isHidden: (item: StateItem, property: string) => boolean,
): readonly PropertyChange[] {
  if (match.renames.size === 0 && from?.sourceText !== undefined && from.sourceText === to?.sourceText) {
    return noChanges
  }
  const before = from === undefined ? noValues : match.valuesOf(from)
  const after = to === undefined ? noValues : to.values
  let changes: PropertyChange[] | undefined
  const report = (name: string) => {
    const old = from?.properties.get(name)
    const now = to?.properties.get(name)
    changes ??= []
    changes.push({
      name,
      ...(old === undefined ? {} : { before: old }),
      ...(now === undefined ? {} : { after: now }),
    })
  }
  for (const [name, value] of after) {
    if (before.get(name) !== value && !(to !== undefined && isHidden(to, name))) report(name)
  }
  for (const name of before.keys()) {
    if (!after.has(name)) report(name)
  }
  return changes ?? noChanges
}

const noValues: ReadonlyMap<string, string> = new Map()
const noChanges: readonly PropertyChange[] = []

function movedItems(menu: MenuPairs): readonly MovedChange[] {
  const moved: MovedChange[] = []
  for (const { scope, items } of orderedScopes(menu)) {
    items.forEach(({ from, to, isKept }, at) => {
      if (from === undefined || isKept) return
      const next = items[at + 1]?.to
      const { menu: path } = to
      moved.push({
        kind: 'moved',
        menu: path,
        label: labelOf(to),
        from,
        to,
        scope,
        ...(next === undefined ? {} : { next }),
      })
    })
  }
  return moved
}

function collectUnknown(
  menu: MenuPairs,
  isHidden: (item: StateItem, property: string) => boolean,
  hiddenIn: 'from' | 'to',
  unknown: UnknownValue[],
): void {
  for (const { from, to } of menu.pairs) {
    const shown = hiddenIn === 'to' ? from : to
    if (shown === undefined) continue
    for (const property of shown.properties.keys()) {
      if (!isHidden(shown, property)) continue
      unknown.push({ menu: menu.path, label: labelOf(shown), property, hiddenIn, item: shown.item })
    }
  }
}
