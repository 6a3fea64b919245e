import { formatDate, formatTime, versionNumbers } from '../export/export-header.js'
import { toText } from '../language/convert-value.js'
import { formatDuration } from '../language/durations.js'
import type { RouterCore } from '../router-core.js'
import type { JournalAction } from '../state/change-journal.js'
import type { ItemRecord } from './item-record.js'

type LiveRow = readonly [id: string, properties: Readonly<Record<string, string>>]

/** Where the rows of a menu that holds no configuration come from. */
export interface LiveMenu {
  readonly kind: 'singleton' | 'list'
  rows(router: RouterCore): readonly LiveRow[]
}

const hexId = (number: number): string => `*${number.toString(16).toUpperCase()}`

/** Bytes as `print` shows them: `315`, `1924.1KiB`, `11.1MiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024 * 10) return String(bytes)
  const kib = bytes / 1024
  return kib < 9999 ? `${kib.toFixed(1)}KiB` : `${(kib / 1024).toFixed(1)}MiB`
}

/** Local date and time as this version prints them in tables. */
function formatMoment(router: RouterCore, localMs: number): string {
  return `${formatDate(localMs, router.settings.version)} ${formatTime(localMs)}`
}

function fileType(name: string, type: 'file' | 'directory' | 'disk'): string {
  if (type !== 'file') return type
  const extension = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]
  if (extension === undefined) return 'file'
  if (extension === 'rsc') return 'script'
  if (extension === 'backup' || extension === 'npk') return extension === 'npk' ? 'package' : 'backup'
  return `.${extension} file`
}

function files(router: RouterCore): LiveRow[] {
  const [major, minor] = versionNumbers(router.settings.version)
  const timeName = major > 7 || (major === 7 && minor >= 16) ? 'last-modified' : 'creation-time'
  return router.host.files.list().map((file, index) => [
    hexId(index + 1),
    {
      name: file.name,
      type: fileType(file.name, file.type),
      ...(file.type === 'file' ? { size: String(file.size) } : {}),
      [timeName]: formatMoment(router, timeName === 'last-modified' ? file.modifiedMs : file.createdMs),
    },
  ])
}

function resource(router: RouterCore): LiveRow[] {
  const { version, model } = router.settings
  const virtual = model === 'CHR'
  return [
    [
      '*0',
      {
        uptime: formatDuration(Math.floor(router.host.clock.uptimeMs() / 1000) * 1000),
        version: `${version} (stable)`,
        'build-time': '2024-06-26 11:42:37',
        'factory-software': '7.1',
        'free-memory': String(432 * 1024 * 1024),
        'total-memory': String(512 * 1024 * 1024),
        cpu: virtual ? 'QEMU' : 'ARM',
        'cpu-count': '2',
        'cpu-frequency': '800',
        'cpu-load': '1',
        'free-hdd-space': String(router.host.files.freeBytes()),
        'total-hdd-space': String(router.host.files.totalBytes()),
        'architecture-name': virtual ? 'x86_64' : 'arm',
        'board-name': virtual ? 'CHR' : model,
        platform: 'MikroTik',
      },
    ],
  ]
}

function clock(router: RouterCore): LiveRow[] {
  const { clock: time } = router.host
  const localMs = time.localMs()
  const offset = time.offsetMinutes()
  const sign = offset < 0 ? '-' : '+'
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const item = router.config.menu('/system clock')?.items[0]
  const autodetect = item?.values.get('time-zone-autodetect')
  return [
    [
      '*0',
      {
        time: formatTime(localMs),
        date: formatDate(localMs, router.settings.version),
        'time-zone-autodetect': typeof autodetect === 'string' ? autodetect : 'yes',
        'time-zone-name': time.timeZone(),
        'gmt-offset': `${sign}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`,
        'dst-active': 'no',
      },
    ],
  ]
}

function deviceMode(router: RouterCore): LiveRow[] {
  const { deviceMode: mode, flagged } = router.settings.behaviour
  const allowed = (modes: readonly string[]): string => (modes.includes(mode) ? 'yes' : 'no')
  const most = ['basic', 'advanced', 'rose']
  return [
    [
      '*0',
      {
        mode,
        'allowed-versions': '7.13+,6.49.8+',
        flagged: flagged ? 'yes' : 'no',
        'flagging-enabled': 'yes',
        scheduler: allowed(most),
        socks: allowed(['advanced', 'rose']),
        fetch: allowed(most),
        pptp: allowed(['advanced', 'rose']),
        l2tp: allowed(['advanced', 'rose']),
        'bandwidth-test': allowed(['advanced', 'rose']),
        'traffic-gen': 'no',
        sniffer: allowed(most),
        ipsec: 'yes',
        romon: allowed(most),
        proxy: allowed(['advanced', 'rose']),
        hotspot: allowed(['advanced', 'rose']),
        smb: allowed(['advanced', 'rose']),
        email: allowed(most),
        zerotier: allowed(['advanced', 'rose']),
        container: allowed(['rose']),
        'install-any-version': 'no',
        partitions: 'no',
        routerboard: 'no',
        'attempt-count': String(router.deviceModeAttempts),
      },
    ],
  ]
}

function packages(router: RouterCore): LiveRow[] {
  return [
    [
      '*1',
      { name: 'routeros', version: router.settings.version, 'build-time': '', scheduled: '', disabled: 'no' },
    ],
  ]
}

function routerboard(router: RouterCore): LiveRow[] {
  const { model, serialNumber, version } = router.settings
  if (model === 'CHR') return [['*0', { routerboard: 'no' }]]
  return [
    [
      '*0',
      {
        routerboard: 'yes',
        model,
        'serial-number': serialNumber,
        'firmware-type': 'ipq4000',
        'factory-firmware': '6.47',
        'current-firmware': version,
        'upgrade-firmware': version,
      },
    ],
  ]
}

function activeUsers(router: RouterCore): LiveRow[] {
  return [...router.sessions.values()].map(({ session, sinceMs }) => [
    hexId(session.id),
    {
      when: formatMoment(router, sinceMs),
      name: session.user,
      address: session.sourceAddress ?? '',
      via: session.kind === 'script' ? 'script' : 'ssh',
    },
  ])
}

function jobs(router: RouterCore): LiveRow[] {
  const sessions = [...router.sessions.values()].map(
    ({ session, sinceMs }): LiveRow => [
      hexId(0x1000 + session.id),
      { type: 'login', started: formatMoment(router, sinceMs), owner: session.user },
    ],
  )
  const running = [...router.jobs.running.values()].map(
    (job): LiveRow => [
      job.id,
      {
        type: job.request.scheduler === undefined ? 'command' : 'scheduler',
        script: job.request.name,
        started: formatMoment(router, job.startedMs),
        owner: job.request.user,
        policy: [...job.request.policies].join(','),
      },
    ],
  )
  return [...sessions, ...running]
}

/** Global variables. */
function environment(router: RouterCore): LiveRow[] {
  return [...router.globals].map(([name, value], index) => [hexId(index + 1), { name, value: toText(value) }])
}

function history(router: RouterCore): LiveRow[] {
  const { actions, undone } = router.config.journal
  const row = (action: JournalAction, flag: 'undoable' | 'redoable'): LiveRow => [
    hexId(action.id),
    {
      action: action.action,
      by: action.by,
      policy: action.policy,
      time: formatMoment(router, action.timeMs),
      [flag]: 'yes',
    },
  ]
  return [
    ...undone.map((action) => row(action, 'redoable')),
    ...actions.toReversed().map((action) => row(action, 'undoable')),
  ]
}

/** What a router sees of its surroundings; a simulated one has none, so these print their header and no row. */
const observedMenus = [
  '/ip neighbor',
  '/ipv6 neighbor',
  '/ip firewall connection',
  '/interface bridge host',
  '/interface bridge mdb',
  '/interface wireless registration-table',
  '/interface wifi registration-table',
  '/caps-man registration-table',
  '/ppp active',
  '/ip hotspot active',
  '/ip hotspot host',
  '/ip ipsec active-peers',
  '/ip ipsec installed-sa',
  '/ip dns cache',
  '/routing ospf neighbor',
  '/routing bgp session',
]

/** Menus whose rows are live state. */
export const liveMenus: ReadonlyMap<string, LiveMenu> = new Map<string, LiveMenu>([
  ...observedMenus.map((menu): [string, LiveMenu] => [menu, { kind: 'list', rows: () => [] }]),
  ['/file', { kind: 'list', rows: files }],
  ['/system resource', { kind: 'singleton', rows: resource }],
  ['/system clock', { kind: 'singleton', rows: clock }],
  ['/system device-mode', { kind: 'singleton', rows: deviceMode }],
  ['/system package', { kind: 'list', rows: packages }],
  [
    '/system package update',
    {
      kind: 'singleton',
      rows: (router) => [['*0', { channel: 'stable', 'installed-version': router.settings.version }]],
    },
  ],
  ['/system routerboard', { kind: 'singleton', rows: routerboard }],
  ['/system license', { kind: 'singleton', rows: () => [['*0', { 'system-id': '', level: 'free' }]] }],
  ['/system health', { kind: 'list', rows: () => [] }],
  ['/user active', { kind: 'list', rows: activeUsers }],
  ['/system script job', { kind: 'list', rows: jobs }],
  ['/system history', { kind: 'list', rows: history }],
  [
    '/log',
    {
      kind: 'list',
      rows: (router) =>
        router.logBook.lines.map((line, index) => [
          hexId(index + 1),
          { time: formatMoment(router, line.timeMs), topics: line.topics, message: line.message },
        ]),
    },
  ],
  ['/system script environment', { kind: 'list', rows: environment }],
  ['/environment', { kind: 'list', rows: environment }],
  ['/safe-mode', { kind: 'singleton', rows: (router) => [['*0', { 'taken-by': router.safeMode.holder() }]] }],
])

/** Records of a live menu; undefined when the menu is configuration. */
export function liveRecords(router: RouterCore, menu: string): ItemRecord[] | undefined {
  const live = liveMenus.get(menu)
  if (live === undefined) return undefined
  return live
    .rows(router)
    .map(([id, properties]) => ({ id, properties: new Map(Object.entries(properties)) }))
}
