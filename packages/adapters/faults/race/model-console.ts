import type { ModelRouter } from './model-router.js'

const pad = (value: number) => String(value).padStart(2, '0')
const dateOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const timeOf = (ms: number) => new Date(ms).toISOString().slice(11, 19)

function durationOf(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 3600)}h${pad(Math.floor(seconds / 60) % 60)}m${pad(seconds % 60)}s`
}

const policies =
  'local;telnet;ssh;ftp;reboot;read;write;policy;test;winbox;password;web;sniff;sensitive;api;romon;rest-api'

/** A command of ours that stopped: what it printed instead of going on. */
export class ScriptError extends Error {}

/** An answer by what a command line has in it; the first that fits. The model knows our commands and no language. */
const answers: readonly (readonly [RegExp, (router: ModelRouter, line: string) => string])[] = [
  [/tod:identity=/, deviceFacts],
  [/tod:policies=/, () => `tod:policies=${policies}`],
  [/tod-session=/, () => ''],
  [/^\/export/, exportText],
  [/device-mode get scheduler/, () => 'tod:scheduler=yes'],
  [/device-mode get flagged/, () => 'tod:flagged=no'],
  [/\/system backup save/, save],
  [/scheduler add name=/, arm],
  [/:execute script=/, launch],
  [/scheduler remove/, disarm],
  [/scheduler set \[find name="tod-guard[^"]*"\] start-date/, extend],
  [/tod:date=/, guards],
  [/scheduler print detail/, () => ''],
  [/\/file remove/, removeFiles],
  [/tod:size=/, fileSize],
  [/tod:contents=/, contents],
  [/tod:jobs=/, (router) => `tod:jobs=${router.jobCount()}`],
  [/tod:steps=/, (router) => `tod:steps=${router.hasStep ? 1 : 0}`],
  [/environment remove/, () => ''],
]

/** What the model prints for a command line without its end marker. @throws Error for a line it does not know */
export function answer(router: ModelRouter, line: string): string {
  const found = answers.find(([pattern]) => pattern.test(line))
  if (found === undefined) throw new Error(`The model does not know: ${line.slice(0, 200)}`)
  return found[1](router, line)
}

function deviceFacts(router: ModelRouter): string {
  return [
    `tod:identity=${router.identity}`,
    'tod:version=7.16.1 (stable)',
    'tod:board=RB5009UG+S+',
    `tod:uptime=${durationOf(router.uptimeMs())}`,
    'tod:free-space=100000000',
    'tod:flash=0',
    'tod:leftovers=0',
  ].join('\n')
}

function exportText(router: ModelRouter): string {
  const wall = router.wall()
  return [
    `# ${dateOf(wall)} ${timeOf(wall)} by RouterOS 7.16.1`,
    '# software id = AB12-CD34',
    '#',
    '# model = RB5009UG+S+',
    '# serial number = HF0000TEST1',
    '/system identity',
    `set name=${router.identity}`,
  ].join('\n')
}

const backup = (): string => {
  const bytes = [0x88, 0xac, 0xa1, 0xb1, 12, 0, 0, 0, 1, 2, 3, 4]
  return String.fromCharCode(...bytes)
}

function save(router: ModelRouter, line: string): string {
  const name = /name="?([^" ]+)"?/.exec(line)?.[1] ?? ''
  router.files.set(`${name}.backup`, backup())
  router.saveBackup()
  return 'Configuration backup saved'
}

function arm(router: ModelRouter, line: string): string {
  const [boot = '', timed = ''] = [...line.matchAll(/scheduler add name="([^"]+)"/g)].map(
    (match) => match[1] ?? '',
  )
  const seconds = Number([...line.matchAll(/interval=(\d+)s/g)].at(-1)?.[1])
  router.arm(timed, boot, seconds * 1000)
  return ''
}

function launch(router: ModelRouter, line: string): string {
  const guards = [
    ...new Set([...line.matchAll(/find name=\\"(tod-guard[^"\\]*)\\"/g)].map((match) => match[1] ?? '')),
  ]
  const outcome = [...router.files.keys()].find((name) => name.includes('outcome')) ?? ''
  const plan = [...router.files].find(([name]) => name.includes('plan'))?.[1] ?? ''
  const nonce = /^[0-9a-f]{16}/.exec(router.files.get(outcome) ?? '')?.[0] ?? ''
  const value = /set name="?([a-z]+)/.exec(plan)?.[1] ?? ''
  return `tod:job=${router.launch(guards, outcome, nonce, value)}`
}

function disarm(router: ModelRouter, line: string): string {
  const names = [...line.matchAll(/remove \[find name="([^"]+)"\]/g)].map((match) => match[1] ?? '')
  const own = () => router.entries.filter((entry) => names.includes(entry.name))
  const runs = own().reduce((sum, entry) => sum + entry.runCount, 0)
  router.remove(names)
  return `tod:runs=${runs}\ntod:left=${own().length}`
}

function extend(router: ModelRouter, line: string): string {
  const name = /find name="([^"]+)"/.exec(line)?.[1] ?? ''
  if (router.entries.some((entry) => entry.name === name && entry.runCount > 0))
    throw new ScriptError('tod: has run')
  router.extend(name)
  return ''
}

function guards(router: ModelRouter): string {
  const wall = router.wall()
  const lines = router.entries.map(({ name, disabled, runCount, intervalMs, dueAt }) => {
    const next = dueAt === null ? '' : `${dateOf(dueAt)} ${timeOf(dueAt)}`
    return `tod-guard=${name}|${disabled}|${runCount}|${durationOf(intervalMs)}|${next}`
  })
  return [
    `tod:date=${dateOf(wall)}`,
    `tod:time=${timeOf(wall)}`,
    `tod:uptime=${durationOf(router.uptimeMs())}`,
    ...lines,
  ].join('\n')
}

function removeFiles(router: ModelRouter, line: string): string {
  for (const match of line.matchAll(/remove \[find name="([^"]+)"\]/g)) router.files.delete(match[1] ?? '')
  return 'tod:left=0'
}

function fileSize(router: ModelRouter, line: string): string {
  const name = /find name="([^"]+)"/.exec(line)?.[1] ?? ''
  const content = router.files.get(name)
  return content === undefined ? 'tod:count=0' : `tod:count=1\ntod:size=${content.length}`
}

function contents(router: ModelRouter, line: string): string {
  const content = router.files.get(/find name="([^"]+)"/.exec(line)?.[1] ?? '')
  return content === undefined ? '' : `tod:contents=${content}`
}
