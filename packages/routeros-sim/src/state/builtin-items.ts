import type { BuiltinHandle } from './config-item.js'

/** An item that is there on a router without configuration. */
export interface BuiltinItem {
  readonly handle: BuiltinHandle
  readonly values: Readonly<Record<string, string>>
}

const byName = (name: string, values: Record<string, string> = {}): BuiltinItem => ({
  handle: { kind: 'name', name },
  values: { name, ...values },
})
const byDefault = (name: string, values: Record<string, string> = {}): BuiltinItem => ({
  handle: { kind: 'find', property: 'default', value: 'yes' },
  values: { name, ...values },
})
const byNumber = (number: number, values: Record<string, string>): BuiltinItem => ({
  handle: { kind: 'number', number },
  values,
})
const byFindName = (name: string): BuiltinItem => ({
  handle: { kind: 'find', property: 'name', value: name },
  values: { name },
})

const SCRIPT_RIGHTS = 'ftp,reboot,read,write,policy,test,password,sniff,sensitive'

/** Rights of the three groups that cannot be removed. Source: manual, User; seen in exports of 6.x and 7.x. */
function groups(major: number): BuiltinItem[] {
  const all =
    'local,telnet,ssh,ftp,reboot,read,write,policy,test,winbox,password,web,sniff,sensitive,api,romon,dude,tikapp'
  const all7 =
    'local,telnet,ssh,ftp,reboot,read,write,policy,test,winbox,password,web,sniff,sensitive,api,romon,rest-api'
  const read = 'local,telnet,ssh,reboot,read,test,winbox,password,web,sniff,sensitive,api,romon'
  return [
    byName('read', {
      policy:
        major >= 7 ? `${read},rest-api,!ftp,!write,!policy` : `${read},tikapp,!ftp,!write,!policy,!dude`,
      skin: 'default',
    }),
    byName('write', {
      policy:
        major >= 7
          ? 'local,telnet,ssh,reboot,read,write,test,winbox,password,web,sniff,sensitive,api,romon,rest-api,!ftp,!policy'
          : 'local,telnet,ssh,reboot,read,write,test,winbox,password,web,sniff,sensitive,api,romon,tikapp,!ftp,!policy,!dude',
      skin: 'default',
    }),
    byName('full', { policy: major >= 7 ? all7 : all, skin: 'default' }),
  ]
}

function services(major: number, minor: number): BuiltinItem[] {
  const row = (name: string, port: string, disabled = 'no'): BuiltinItem =>
    byName(name, {
      port,
      disabled,
      address: '',
      ...(major >= 7 ? { vrf: 'main', 'max-sessions': '20' } : {}),
    })
  if (major > 7 || (major === 7 && minor >= 18)) {
    return [
      row('ftp', '21'),
      row('ssh', '22'),
      row('telnet', '23'),
      row('www', '80'),
      row('www-ssl', '443', 'yes'),
      row('winbox', '8291'),
      row('api', '8728'),
      row('api-ssl', '8729'),
    ]
  }
  return [
    row('telnet', '23'),
    row('ftp', '21'),
    row('www', '80'),
    row('ssh', '22'),
    row('www-ssl', '443', 'yes'),
    row('api', '8728'),
    row('winbox', '8291'),
    row('api-ssl', '8729'),
  ]
}

/** The items that a router of this version has before anything is configured. */
export function builtinItems(major: number, minor: number): ReadonlyMap<string, readonly BuiltinItem[]> {
  const logging = (topics: string, action = 'memory'): Record<string, string> => ({
    topics,
    action,
    prefix: '',
  })
  const common: [string, BuiltinItem[]][] = [
    ['/ip service', services(major, minor)],
    ['/user group', groups(major)],
    ['/interface list', ['all', 'none', 'dynamic', 'static'].map(byFindName)],
    [
      '/system logging',
      [
        byNumber(0, logging('info')),
        byNumber(1, logging('error')),
        byNumber(2, logging('warning')),
        byNumber(3, logging('critical', 'echo')),
      ],
    ],
    [
      '/system logging action',
      ['memory', 'disk', 'echo', 'remote'].map((name, number) => byNumber(number, { name, target: name })),
    ],
    ['/snmp community', [byDefault('public')]],
    ['/ip ipsec policy', [byNumber(0, { template: 'yes', group: 'default' })]],
    ['/port', [byNumber(0, { name: 'serial0' })]],
    [
      '/ppp profile',
      [
        { handle: { kind: 'id', id: '*0' }, values: { name: 'default' } },
        {
          handle: { kind: 'id', id: '*FFFFFFFE' },
          values: { name: 'default-encryption', 'use-encryption': 'yes' },
        },
      ],
    ],
    ['/ip ipsec proposal', [byDefault('default')]],
    ['/ip ipsec policy group', [byDefault('default')]],
    [major >= 7 ? '/ip ipsec mode-config' : '/ip ipsec mode-config', [byDefault('request-only')]],
    ['/ip ipsec profile', [byDefault('default')]],
    ['/ip hotspot profile', [byDefault('default')]],
    ['/ip hotspot user profile', [byDefault('default')]],
    [
      '/ip firewall service-port',
      ['ftp', 'tftp', 'irc', 'h323', 'sip', 'pptp', 'rtsp', 'udplite', 'dccp', 'sctp'].map((name) =>
        byName(name),
      ),
    ],
    [
      '/queue type',
      [
        'default',
        'ethernet-default',
        'wireless-default',
        'synchronous-default',
        'hotspot-default',
        'pcq-upload-default',
        'pcq-download-default',
        'only-hardware-queue',
        'multi-queue-ethernet-default',
        'default-small',
      ].map((name, number) => byNumber(number, { name })),
    ],
  ]
  const ofVersion: [string, BuiltinItem[]][] =
    major >= 7
      ? [
          ['/routing table', [byName('main', { fib: 'yes' })]],
          ['/ip vrf', [byName('main', { interfaces: 'all' })]],
          ['/routing bgp template', [byName('default')]],
          ['/zerotier', [byName('zt1', { port: '9993' })]],
        ]
      : [
          ['/routing bgp instance', [byName('default')]],
          ['/routing ospf instance', [byDefault('default')]],
          ['/routing ospf area', [byDefault('backbone')]],
        ]
  return new Map([...common, ...ofVersion])
}

/** Rights that scripts and scheduler entries can have. */
export function scriptPolicies(major: number): string {
  return major >= 7 ? `${SCRIPT_RIGHTS},romon` : SCRIPT_RIGHTS
}
