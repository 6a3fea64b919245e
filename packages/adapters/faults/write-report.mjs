/**
 * The matrix as a page: a table for each strategy and version, one row a fault, one column a step; then every
 * violation, and the reason of each expectation.
 *
 * @param {readonly Record<string, any>[]} results
 */
export function writeReport(results) {
  const violated = results.filter((result) => result.violations.length > 0)
  const lines = ['# Fault matrix', '', `cells ${results.length}, violations ${violated.length}`, '']
  lines.push(
    'Each field: what the caller was told → how the operation ended, when these differ. `c` committed, `r` reverted,',
    '`f` failed, `a` aborted, `o` open for recovery, `x` an error was thrown, `-` nobody was told; `!` a violation.',
    'A capital letter: the router has the target configuration. Small: exactly the old one.',
    '',
  )
  const groups = groupBy(results, ({ cell }) => `${cell.strategy}, RouterOS ${cell.version}`)
  for (const [name, cells] of groups) lines.push(`## ${name}`, '', ...tableOf(cells), '')
  lines.push('## Violations', '')
  if (violated.length === 0) lines.push('None.')
  for (const { name, violations } of violated) lines.push(`- ${name}: ${violations.join('; ')}`)
  lines.push('', '## What was expected, and why', '')
  const reasons = groupBy(results, ({ because, expected }) => `${expected}: ${because}`)
  for (const [reason, cells] of reasons) lines.push(`- ${reason} (${cells.length} cells)`)
  return `${lines.join('\n')}\n`
}

function tableOf(results) {
  const steps = [...new Set(results.map(({ cell }) => cell.step))]
  const rows = groupBy(results, ({ cell }) => cell.column)
  return [
    `| fault | ${steps.join(' | ')} |`,
    `| --- |${' --- |'.repeat(steps.length)}`,
    ...[...rows].map(([column, cells]) => {
      const fields = steps.map((step) => fieldOf(cells.find(({ cell }) => cell.step === step)))
      return `| ${column} | ${fields.join(' | ')} |`
    }),
  ]
}

const letters = {
  committed: 'c',
  reverted: 'r',
  failed: 'f',
  aborted: 'a',
  open: 'o',
  nothing: '-',
  none: '?',
}

function fieldOf(result) {
  if (result === undefined) return ''
  const end = letters[result.end]
  const shown = result.present === 'target' ? end.toUpperCase() : end
  const told = letters[result.told] ?? 'x'
  const mark = result.violations.length > 0 ? '!' : ''
  return `${told === end || (told === 'x' && end === 'a') ? '' : `${told}→`}${shown}${mark}`
}

function groupBy(items, keyOf) {
  const groups = new Map()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
