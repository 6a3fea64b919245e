import type { RouterCommand } from './commands.js'
import { loadBackupCommand, quoted } from './commands.js'
import { guardPrefix, type PushNames } from './push-names.js'

/** Policies that the guard's entries ask for; loading a backup needs them. Source: RouterOS facts on policies. */
export const guardPolicies = [
  'ftp',
  'reboot',
  'read',
  'write',
  'policy',
  'test',
  'password',
  'sensitive',
] as const

/** Policies without which a guard cannot load its backup, or we cannot handle its files. */
export const neededPolicies = ['ssh', 'ftp', 'reboot', 'read', 'write', 'policy', 'sensitive'] as const

/**
 * Puts both entries of the guard on, with the device's own date and time as the start: the timed one first runs one
 * interval after it. Date, time and both additions are one line; a midnight in between stops it before anything is added.
 *
 * @param delayMs wait of the boot entry before it loads, so that the storage is there.
 */
export function armGuardCommand(
  names: PushNames,
  deadlineMs: number,
  delayMs: number,
  policies: readonly string[],
): RouterCommand {
  const load = loadBackupCommand(names.backupName).text
  const policy = policies.join(',')
  const bootLoad = `:delay ${Math.ceil(delayMs / 1000)}s; ${load}`
  return {
    label: 'arm guard',
    text: [
      ':local before [/system clock get date]',
      ':local time [/system clock get time]',
      ':local date [/system clock get date]',
      ':if ($before != $date) do={ :error "tod: midnight" }',
      `/system scheduler add name=${quoted(names.bootGuard)} start-time=startup interval=0s policy=${policy} on-event=${quoted(bootLoad)}`,
      `/system scheduler add name=${quoted(names.timedGuard)} start-date=$date start-time=$time interval=${Math.ceil(deadlineMs / 1000)}s policy=${policy} on-event=${quoted(load)}`,
    ].join('; '),
  }
}

/** Starts the timed entry's interval anew from the device's present time; fails for an entry that has run. */
export function extendGuardCommand(names: PushNames): RouterCommand {
  const timed = `[/system scheduler find name=${quoted(names.timedGuard)}]`
  return {
    label: 'extend guard',
    text: [
      `:foreach i in=${timed} do={ :if ([/system scheduler get $i run-count] > 0) do={ :error "tod: has run" } }`,
      ':local before [/system clock get date]',
      ':local time [/system clock get time]',
      ':local date [/system clock get date]',
      ':if ($before != $date) do={ :error "tod: midnight" }',
      `/system scheduler set [find name=${quoted(names.timedGuard)}] start-date=$date start-time=$time`,
    ].join('; '),
  }
}

/**
 * Stops both entries, tells how often they have run, removes them and counts what is left. Stopped first: an entry that
 * has run by then is loading its backup, and one that has not never will.
 */
export function disarmGuardCommand(names: PushNames): RouterCommand {
  const both = [names.timedGuard, names.bootGuard].map(quoted)
  const stops = both.map((name) => `/system scheduler set [find name=${name}] disabled=yes`)
  const counting = both.map(
    (name) =>
      `:foreach i in=[/system scheduler find name=${name}] do={ :set todruns ($todruns + [/system scheduler get $i run-count]) }`,
  )
  const removals = both.map((name) => `/system scheduler remove [find name=${name}]`)
  const counts = both.map((name) => `[:len [/system scheduler find name=${name}]]`)
  return {
    label: 'disarm guard',
    text: [
      ':local todruns 0',
      ...stops,
      ...counting,
      ...removals,
      ':put ("tod:runs=" . $todruns)',
      `:put ("tod:left=" . (${counts.join(' + ')}))`,
    ].join('; '),
  }
}

/**
 * Date, time, uptime, and one line for each guard entry of ours or of others:
 * `tod-guard=<name>|<disabled>|<run-count>|<interval>|<next-run>`.
 */
export function readGuardsCommand(): RouterCommand {
  const fields = ['name', 'disabled', 'run-count', 'interval', 'next-run']
    .map((field) => `[/system scheduler get $i ${field}]`)
    .join(' . "|" . ')
  return {
    label: 'read guards',
    text: [
      ':put ("tod:date=" . [/system clock get date])',
      ':put ("tod:time=" . [/system clock get time])',
      ':put ("tod:uptime=" . [/system resource get uptime])',
      `:foreach i in=[/system scheduler find name~${quoted(`^${guardPrefix}`)}] do={ :put ("tod-guard=" . ${fields}) }`,
    ].join('; '),
  }
}

/** The entries as the console shows them: the only place where "inactivated" notes appear. */
export function showGuardCommand(names: PushNames): RouterCommand {
  return {
    label: 'show guard',
    text: `/system scheduler print detail where name~${quoted(`^${names.timedGuard}`)}`,
  }
}
