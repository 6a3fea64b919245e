import { toByteString } from '@tod/rsc-parser'
import { loadBackupCommand, quoted, type RouterCommand } from './commands.js'
import type { PushNames } from './push-names.js'
import { isAtLeast, type RouterVersion } from './router-version.js'

/** One statement of a plan as it goes into the plan file. */
export interface PlanLine {
  /** One command with its full path, or several lines that belong together. */
  readonly text: string
  /** Moves the device's clock: date, time, time zone, NTP. */
  readonly movesClock: boolean
}

/** Text of the line that stops a script unless both entries of this operation's guard are listed and enabled. */
function stopUnlessGuarded(names: PushNames): string {
  const isMissing = [names.timedGuard, names.bootGuard]
    .map((name) => `[:len [/system scheduler find name=${quoted(name)} disabled=no]] = 0`)
    .join(' or ')
  return `:if (${isMissing}) do={ :error "tod: no guard" }`
}

/**
 * A second timer of the guard that does not look at the clock: a job that waits and then loads the backup, unless the
 * guard was taken off meanwhile. It covers the statements that move the clock, see `docs/restore-safety.md`.
 */
function startUptimeTimer(names: PushNames, delaySeconds: number): string {
  const isGuarded = `[:len [/system scheduler find name=${quoted(names.bootGuard)}]] > 0`
  const load = loadBackupCommand(names.backupName).text
  return `:execute script=${quoted(`:delay ${delaySeconds}s; :if (${isGuarded}) do={ ${load} }`)}`
}

/**
 * The plan file: stops at once without a guard, says before each statement which one runs, and says `done` at the end.
 * Before the first statement that moves the clock the uptime timer is put on and the timed entry off, and it stays off:
 * a step of the clock, at once or when a time server answers, can neither fire the guard on a good push nor delay it.
 *
 * @param timerSeconds how long the uptime timer waits: the guard's whole interval.
 */
export function planScript(names: PushNames, lines: readonly PlanLine[], timerSeconds: number): string {
  const text = [stopUnlessGuarded(names), `:global ${names.stepVariable} "0"`]
  const firstThatMovesClock = lines.findIndex((line) => line.movesClock)
  lines.forEach((line, index) => {
    text.push(`:global ${names.stepVariable} "${index + 1}"`)
    if (index === firstThatMovesClock) {
      text.push(startUptimeTimer(names, timerSeconds))
      text.push(`/system scheduler set [find name=${quoted(names.timedGuard)}] disabled=yes`)
    }
    text.push(line.text)
  })
  text.push(`:global ${names.stepVariable} "done"`)
  return `${text.join('\n')}\n`
}

/**
 * Starts the plan file as a job of the device, apart from our connection. The job refuses without a guard, writes
 * `running`, imports, and writes `success` only when the file's last line was reached; else `error`, the number of the
 * statement, and from 7.13 the device's text. Prints the job's id.
 *
 * The files are there before: a file made by a script has another way on every version, a changed one has not.
 */
export function launchCommand(names: PushNames, version: RouterVersion): RouterCommand {
  const outcome = (expression: string) =>
    `/file set [/file find name=${quoted(names.outcomeFile)}] contents=${expression}`
  const step = `$${names.stepVariable}`
  const nonce = names.nonce
  const run = `/import file-name=${quoted(names.planFile)}`
  const failed = `${outcome(`("${nonce} error " . ${step})`)}; :error "tod: import failed"`
  const failedWithText = `${outcome(`("${nonce} error " . ${step} . " " . $problem)`)}; :error "tod: import failed"`
  const source = [
    `:global ${names.stepVariable} "0"`,
    stopUnlessGuarded(names),
    outcome(quoted(`${nonce} running`)),
    ':delay 1s',
    isAtLeast(version, 7, 13)
      ? `:onerror problem in={ ${run} } do={ :global ${names.stepVariable}; ${failedWithText} }`
      : `:do { ${run} } on-error={ :global ${names.stepVariable}; ${failed} }`,
    `:if (${step} != "done") do={ ${failed} }`,
    outcome(quoted(`${nonce} success`)),
  ].join('; ')
  return { label: 'launch plan', text: `:put ("tod:job=" . [:execute script=${quoted(source)}])` }
}

/** What the outcome file held before the launch. */
export function pendingOutcome(names: PushNames): string {
  return toByteString(`${names.nonce} pending`)
}

/** What the outcome file says. `none` when it is missing or not of this operation. */
export type LaunchOutcome =
  | { readonly kind: 'none' | 'pending' | 'running' | 'success' }
  | { readonly kind: 'error'; readonly statementIndex?: number; readonly text?: string }

/** Reads the outcome file. @param text its content, or undefined when there is none. */
export function parseOutcome(names: PushNames, text: string | undefined): LaunchOutcome {
  const match = /^([0-9a-f]{16}) (pending|running|success|error)(?: (\d+|done))?(?: ([\s\S]*))?$/.exec(
    text?.trim() ?? '',
  )
  if (match === null || match[1] !== names.nonce) return { kind: 'none' }
  const kind = match[2] as 'pending' | 'running' | 'success' | 'error'
  if (kind !== 'error') return { kind }
  const statementIndex = Number(match[3])
  return {
    kind,
    ...(statementIndex > 0 ? { statementIndex } : {}),
    ...(match[4] ? { text: match[4].trim() } : {}),
  }
}

/** Whether jobs of this operation's import run: by id, and by the plan file's name in the source where it is shown. */
export function countJobsCommand(names: PushNames, jobId: string | null): RouterCommand {
  const byScript = `[:len [/system script job find script~${quoted(names.planFile.replaceAll('.', '\\.'))}]]`
  const byId =
    jobId !== null && /^\*[0-9A-F]+$/i.test(jobId) ? `[:len [/system script job find .id=${jobId}]]` : '0'
  return { label: 'count jobs', text: `:put ("tod:jobs=" . (${byScript} + ${byId}))` }
}

/** Forgets the step variable. Nothing happens when there is none. */
export function forgetStepCommand(names: PushNames): RouterCommand {
  return {
    label: 'forget step',
    text: `/system script environment remove [find name=${quoted(names.stepVariable)}]`,
  }
}

/** Whether the step variable is there. */
export function countStepCommand(names: PushNames): RouterCommand {
  return {
    label: 'count step variable',
    text: `:put ("tod:steps=" . [:len [/system script environment find name=${quoted(names.stepVariable)}]])`,
  }
}
