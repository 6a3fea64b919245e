import type { Change } from '../diff/change.js'
import type { Diff } from '../diff/diff-documents.js'
import type { StateItem } from '../diff/state-item.js'
import type { RscDocument } from '../document/rsc-document.js'
import type { Paint } from './paint.js'
import { showLabel } from './show-label.js'
import type { ValueView } from './show-value.js'
import { showValue } from './show-value.js'

/** What a text report of a diff needs besides the diff. */
export interface DiffTextOptions extends ValueView {
  readonly from: RscDocument
  readonly to: RscDocument
  readonly paint: Paint
}

/** A diff for people: changes by menu, values before and after, line numbers, and a last line with the counts. */
export function formatDiffText(diff: Diff, options: DiffTextOptions): string {
  const { paint } = options
  const lines: string[] = []
  let menu = ''
  for (const change of diff.changes) {
    if (change.menu !== menu) {
      menu = change.menu
      lines.push(paint.bold(menu))
    }
    lines.push(...changeLines(change, options))
  }
  for (const { menu: path, label, property, hiddenIn } of diff.unknown) {
    const side = hiddenIn === 'from' ? 'older' : 'newer'
    lines.push(
      paint.dim(
        `? ${path} ${label}: ${property} is not in the ${side} export, which was taken without secrets`,
      ),
    )
  }
  lines.push(summary(diff))
  return `${lines.join('\n')}\n`
}

function changeLines(change: Change, options: DiffTextOptions): string[] {
  const { paint, from, to } = options
  if (change.kind === 'added') {
    const text = `  + ${describe(change.to, options)}`
    return [`${paint.green(text)}${place(to, change.to, paint)}`]
  }
  if (change.kind === 'removed') {
    const text = `  - ${describe(change.from, options)}`
    return [`${paint.red(text)}${place(from, change.from, paint)}`]
  }
  const subject = change.to ?? change.from
  const label = subject === undefined ? change.label : showLabel(subject)
  if (change.kind === 'moved') {
    const next = change.next === undefined ? 'to the end' : `before ${showLabel(change.next)}`
    const scope = change.scope === '' ? '' : ` (${change.scope})`
    return [`${paint.cyan(`  > ${label} moved ${next}${scope}`)}${place(to, change.to, paint)}`]
  }
  const head = `${paint.yellow(`  ~ ${label === '' ? '(settings)' : label}`)}${place(to, change.to, paint)}`
  return [
    head,
    ...change.properties.map(({ name, before, after }) => {
      const old = showValue(change.menu, before, options) ?? '(default)'
      const now = showValue(change.menu, after, options) ?? '(default)'
      return `      ${name}: ${paint.red(old)} -> ${paint.green(now)}`
    }),
  ]
}

function describe(item: StateItem, options: DiffTextOptions): string {
  return [...item.properties.values()]
    .map((property) => {
      const value = showValue(item.menu, property, { ...options, maxLength: 60 }) ?? ''
      return property.state === 'set' ? `${property.name}=${value === '' ? '""' : value}` : property.name
    })
    .join(' ')
}

function place(document: RscDocument, item: StateItem | undefined, paint: Paint): string {
  if (item === undefined) return ''
  return paint.dim(`  line ${document.source.position(item.item.range.start).line}`)
}

function summary({ changes }: Diff): string {
  if (changes.length === 0) return 'No change.'
  const count = (kind: Change['kind']) => changes.filter((change) => change.kind === kind).length
  const parts = (['added', 'removed', 'modified', 'moved'] as const)
    .map((kind) => [kind, count(kind)] as const)
    .filter(([, number]) => number > 0)
    .map(([kind, number]) => `${number} ${kind}`)
  return `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}: ${parts.join(', ')}.`
}
