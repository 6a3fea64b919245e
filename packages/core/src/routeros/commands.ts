import { quoteString, toByteString } from '@tod/rsc-parser'
import type { SecretsVariant } from '../model/revision.js'
import { pushFilePrefix } from './push-names.js'

/** One command line, with the name under which it appears in errors, logs and timelines. */
export interface RouterCommand {
  /** One line, without our end marker. Never shown: it may hold secrets. */
  readonly text: string
  /** Safe to show. */
  readonly label: string
}

/** A text as a quoted RouterOS string. Everything variable in a command goes through here. */
export function quoted(text: string): string {
  return quoteString(toByteString(text))
}

/** Adds the end marker: RouterOS answers status 0 even on errors, and `;` stops at the first failing command. */
export function withEndMarker(command: RouterCommand, marker: string): string {
  return `${command.text}; :put ${quoted(marker)}`
}

/** Prints `tod:<name>=<value>` for each expression. */
function putFacts(facts: Readonly<Record<string, string>>): string {
  return Object.entries(facts)
    .map(([name, expression]) => `:put (${quoted(`tod:${name}=`)} . ${expression})`)
    .join('; ')
}

/** Name, version, board, uptime, space and storage of the device. Works on every version. */
export function readDeviceCommand(): RouterCommand {
  return {
    label: 'read device',
    text: putFacts({
      identity: '[/system identity get name]',
      version: '[/system resource get version]',
      board: '[/system resource get board-name]',
      uptime: '[/system resource get uptime]',
      'free-space': '[/system resource get free-hdd-space]',
      flash: '[:len [/file find name="flash"]]',
      leftovers: `[:len [/file find name~${quoted(pushFilePrefix)}]]`,
    }),
  }
}

/** Policies of an account of the device itself; fails for accounts that a RADIUS server knows. */
export function readPoliciesCommand(username: string): RouterCommand {
  return {
    label: 'read policies',
    text: putFacts({
      policies: `[:tostr [/user group get [find name=[/user get [find name=${quoted(username)}] group]] policy]]`,
    }),
  }
}

/** Where the logins of this account come from, as the device sees it, one line each: `address|via`. */
export function readSessionsCommand(username: string): RouterCommand {
  const session = ':put ("tod-session=" . [/user active get $i address] . "|" . [/user active get $i via])'
  return {
    label: 'read sessions',
    text: `:foreach i in=[/user active find name=${quoted(username)}] do={ ${session} }`,
  }
}

/** The export in the variant asked for. v6 shows secrets unless told otherwise, v7 hides them unless told otherwise. */
export function exportCommand(majorVersion: number, secrets: SecretsVariant): RouterCommand {
  const option =
    majorVersion >= 7
      ? secrets === 'included'
        ? ' show-sensitive'
        : ''
      : secrets === 'included'
        ? ''
        : ' hide-sensitive'
  return { label: 'export', text: `/export${option}` }
}

/** Saves a binary backup, unencrypted. @param name without `.backup`, with its folder. */
export function saveBackupCommand(name: string): RouterCommand {
  return { label: 'save binary backup', text: `/system backup save name=${quoted(name)} dont-encrypt=yes` }
}

/** Loads a binary backup; the device reboots and the end marker never comes. @param name without `.backup`. */
export function loadBackupCommand(name: string): RouterCommand {
  return { label: 'load binary backup', text: `/system backup load name=${quoted(name)} password=""` }
}

/** Size of a file in bytes; `count` tells whether it is there. */
export function readFileSizeCommand(path: string): RouterCommand {
  const file = `[/file find name=${quoted(path)}]`
  return {
    label: 'read file size',
    text: `${putFacts({ count: `[:len ${file}]` })}; :foreach i in=${file} do={ :put ("tod:size=" . [/file get $i size]) }`,
  }
}

/** Content of a small text file; nothing is printed when it is not there. */
export function readTextFileCommand(path: string): RouterCommand {
  const file = `[/file find name=${quoted(path)}]`
  return {
    label: 'read text file',
    text: `:foreach i in=${file} do={ :put ("tod:contents=" . [/file get $i contents]) }`,
  }
}

/** Removes files and tells how many of them are left. */
export function removeFilesCommand(paths: readonly string[]): RouterCommand {
  const removals = paths.map((path) => `/file remove [find name=${quoted(path)}]`)
  const counts = paths.map((path) => `[:len [/file find name=${quoted(path)}]]`)
  return {
    label: 'remove files',
    text: `${removals.join('; ')}; ${putFacts({ left: `(${counts.join(' + ')})` })}`,
  }
}

/** Whether the device lets schedulers be used; fails on versions that have no device-mode. */
export function readDeviceModeCommand(): RouterCommand {
  return { label: 'read device-mode', text: putFacts({ scheduler: '[/system device-mode get scheduler]' }) }
}

/** Whether the device suspects its configuration; fails on versions that have no such flag. */
export function readFlaggedCommand(): RouterCommand {
  return { label: 'read flagged', text: putFacts({ flagged: '[/system device-mode get flagged]' }) }
}

/** One ping from the device; `received` is the number of answers. */
export function pingCommand(address: string, count: number): RouterCommand {
  return { label: 'ping', text: putFacts({ received: `[/ping ${quoted(address)} count=${count}]` }) }
}

/** Number of active routes. */
export function countRoutesCommand(): RouterCommand {
  return { label: 'count routes', text: putFacts({ routes: '[:len [/ip route find active=yes]]' }) }
}

/** Number of running interfaces of this name: 0 or 1. */
export function countRunningInterfaceCommand(name: string): RouterCommand {
  return {
    label: 'read interface',
    text: putFacts({ running: `[:len [/interface find name=${quoted(name)} running=yes]]` }),
  }
}
