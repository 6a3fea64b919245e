import type { LockoutReport } from '../../impact/compare-management-path.js'
import { compareManagementPath } from '../../impact/compare-management-path.js'
import type { Impact } from '../../impact/compute-impact.js'
import { computeImpact } from '../../impact/compute-impact.js'
import type { ManagementPath } from '../../impact/management-path.js'
import { planRestore } from '../../plan/plan-restore.js'
import type { Paint } from '../../report/paint.js'
import { paint } from '../../report/paint.js'
import { printable } from '../../text/printable.js'
import type { Command, CommandInput } from '../command.js'
import { choiceFlag, expectWords, isOn, numberFlag, textFlag } from '../command-input.js'
import { exitCodes } from '../exit-codes.js'
import { readPair } from '../read-document.js'
import { UsageError } from '../usage-error.js'

/** `rsc impact`: what a change does, and whether it locks the manager out. */
export const impactCommand: Command = {
  name: 'impact',
  summary: 'say what a change does and whether it locks you out',
  help: `Usage: rsc impact OLD NEW [--from ADDR --to ADDR [--port 22] [--protocol tcp|udp] [--in-interface NAME]
                  [--user NAME]] [--steps] [--fail-on lockout|at-risk] [--format text|json]

Counts changes, rates each menu and warns of what bites. With --from (the manager's address as the
router sees it) and --to (the router's address) it also decides whether a NEW connection of the
manager would still get in after the change: safe, lockout or at-risk, with what decided.
--steps adds the verdict after each statement of the plan.
Exit codes: 0, or 1 when the verdict is as bad as --fail-on says; 2 usage.

Examples:
  rsc impact running.rsc wanted.rsc --from 192.0.2.10 --to 192.0.2.1
  rsc impact running.rsc wanted.rsc --from 192.0.2.10 --to 192.0.2.1 --port 8291 --in-interface ether1 --format json
  rsc impact a.rsc b.rsc --from 192.0.2.10 --to 192.0.2.1 --fail-on lockout
`,
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    port: { type: 'string' },
    protocol: { type: 'string' },
    'in-interface': { type: 'string' },
    user: { type: 'string' },
    steps: { type: 'boolean' },
    'fail-on': { type: 'string' },
    format: { type: 'string' },
    'show-secrets': { type: 'boolean' },
  },
  run: async (input, io) => {
    const [oldPath = '', newPath = ''] = expectWords(input, 'OLD', 'NEW')
    const format = choiceFlag(input, 'format', ['text', 'json'])
    const path = managementPath(input)
    const failOn =
      textFlag(input, 'fail-on') === undefined
        ? undefined
        : choiceFlag(input, 'fail-on', ['lockout', 'at-risk'])
    if (path === undefined && (failOn !== undefined || isOn(input, 'steps'))) {
      throw new UsageError('--fail-on and --steps need --from and --to')
    }
    const [from, to] = await readPair(oldPath, newPath, io)
    const impact = computeImpact(from, to)
    const statements = isOn(input, 'steps') ? { statements: planRestore(from, to).statements } : {}
    const lockout =
      path === undefined ? undefined : judge(() => compareManagementPath(from, to, path, statements))
    if (format === 'json') {
      io.stdout(`${JSON.stringify({ ...impact, ...(lockout === undefined ? {} : { lockout }) }, null, 2)}\n`)
    } else io.stdout(impactText(impact, lockout, paint(io.isColored)))
    const isBad = lockout?.verdict === 'lockout' || (lockout?.verdict === 'at-risk' && failOn === 'at-risk')
    return failOn !== undefined && isBad ? exitCodes.found : exitCodes.ok
  },
}

function managementPath(input: CommandInput): ManagementPath | undefined {
  const source = textFlag(input, 'from')
  const destination = textFlag(input, 'to')
  if (source === undefined && destination === undefined) return undefined
  if (source === undefined || destination === undefined) throw new UsageError('--from and --to go together')
  const port = numberFlag(input, 'port', 1, 65_535)
  const inInterface = textFlag(input, 'in-interface')
  const user = textFlag(input, 'user')
  return {
    source,
    destination,
    protocol: choiceFlag(input, 'protocol', ['tcp', 'udp']),
    ...(port === undefined ? {} : { port }),
    ...(inInterface === undefined ? {} : { inInterface }),
    ...(user === undefined ? {} : { user }),
  }
}

function judge(compare: () => LockoutReport): LockoutReport {
  try {
    return compare()
  } catch (cause) {
    if (cause instanceof TypeError) throw new UsageError(cause.message, { cause })
    throw cause
  }
}

function impactText(impact: Impact, lockout: LockoutReport | undefined, color: Paint): string {
  const { added, removed, modified } = impact.diff
  const lines = [`${added} added, ${removed} removed, ${modified} modified`]
  const risks = { none: color.dim, low: color.green, medium: color.yellow, high: color.red }
  for (const { path, adds, removes, risk } of impact.categories) {
    lines.push(`  ${risks[risk](risk.padEnd(6))} ${path}  +${adds} -${removes}`)
  }
  for (const warning of impact.warnings) lines.push(`${color.yellow('warning')} ${printable(warning)}`)
  if (lockout !== undefined) {
    const verdict = { safe: color.green, 'at-risk': color.yellow, lockout: color.red }[lockout.verdict](
      lockout.verdict,
    )
    lines.push(`${color.bold('management path:')} ${verdict}: ${printable(lockout.because)}`)
    for (const step of lockout.trace) {
      const line = step.line === undefined ? '' : color.dim(`  line ${step.line}`)
      lines.push(`  ${step.stage}: ${printable(step.text)}${line}`)
    }
    for (const unknown of lockout.unknowns) lines.push(`  ? ${printable(unknown)}`)
    for (const { statement, verdict: after, because } of lockout.afterStatement ?? []) {
      lines.push(`  after statement ${statement + 1}: ${after}${because === undefined ? '' : `: ${because}`}`)
    }
  }
  return `${lines.join('\n')}\n`
}
