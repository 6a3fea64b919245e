import { type ComparableExport, compareMeaning } from './compare-meaning.js'

/** A statement of an export, found by its effect. */
export interface UnappliedStatement {
  /** 1-based, among the statements of the target. */
  readonly statementIndex: number
  /** With its menu, on one line. Holds secrets. */
  readonly statement: string
}

/**
 * The first statement of the target whose effect the device does not show: where an import of it has stopped, on
 * versions that do not say. Undefined when the device shows all of them.
 */
export function firstUnapplied(
  present: ComparableExport,
  target: ComparableExport & { readonly text: string },
): UnappliedStatement | undefined {
  const missing = new Set(
    compareMeaning(present, target).changes.flatMap((change) =>
      change.kind === 'removed' || change.to === undefined ? [] : [change.to.item],
    ),
  )
  const index = target.document.items.findIndex((item) => missing.has(item))
  const item = target.document.items[index]
  if (item === undefined) return undefined
  const text = target.text.slice(item.range.start, item.range.end).replace(/\\\r?\n\s*/g, '')
  return {
    statementIndex: index + 1,
    statement: text.startsWith('/') ? text : `${item.menu} ${text}`,
  }
}
