import type { Dialogue } from '../dialogue.js'

/** Annex 10.2, exec part: answers of several lines. */
export const multiLineAnswers: readonly Dialogue[] = [
  {
    id: '10.2 #32',
    title: 'resource print aligns its keys to the right',
    basis: 'verbatim',
    steps: [
      {
        exec: '/system resource print',
        expect: /^ +uptime: [0-9wdhms]+ *\n +version: \d[^\n]* \([a-z-]+\) *\n(?: +[a-z0-9-]+: [^\n]*\n)+\n$/,
      },
    ],
  },
  {
    id: '10.2 #33',
    title: 'an export of v7 hardware has its header, and secrets when asked',
    basis: 'verbatim',
    steps: [
      {
        exec: '/export show-sensitive',
        expect:
          /^# 2024-10-25 12:09:43 by RouterOS 7\.15\.2\n# software id = A0AA-AAA0\n#\n# model = L009UiGS\n# serial number = AA111AAAAAA\n\/interface bridge\nadd admin-mac=00:00:5E:00:53:00 auto-mac=no comment=defconf name=bridge \\\n {4}port-cost-mode=short\n/,
      },
    ],
    simulatedOnly: 'is about one configuration',
    stage: {
      version: '7.15.2',
      model: 'L009UiGS',
      serialNumber: 'AA111AAAAAA',
      softwareId: 'A0AA-AAA0',
      startMs: Date.UTC(2024, 9, 25, 12, 9, 43),
      config:
        '/interface bridge\nadd admin-mac=00:00:5E:00:53:00 auto-mac=no comment=defconf name=bridge port-cost-mode=short\n',
    },
  },
  {
    id: '10.2 #34',
    title: 'an export of a v6 virtual router, whole, then one that breaks off',
    basis: 'verbatim',
    steps: [
      {
        exec: '/export',
        expect:
          /^# jan\/14\/2025 17:50:17 by RouterOS 6\.49\.13\n# software id = \n#\n#\n#\n\/interface ethernet\nset \[ find default-name=ether1 \] disable-running-check=no\n/,
      },
      { exec: '/export', expect: /\n#error exporting \/ip socks\n#interrupted\n$/ },
    ],
    simulatedOnly: 'is about one configuration',
    stage: {
      version: '6.49.13',
      model: 'CHR',
      softwareId: '',
      startMs: Date.UTC(2025, 0, 14, 17, 50, 17),
      config: '/interface ethernet\nset [ find default-name=ether1 ] disable-running-check=no\n',
      faults: ['fail-export-menu:interrupted@match=^ip socks$,nth=2'],
    },
  },
  {
    id: '10.2 #35',
    title: 'file print of 7.2x has columns; directories have no size',
    basis: 'verbatim',
    before: [
      '/file add name=tod-probe-dir type=directory',
      '/file add name=tod-probe.txt type=file contents=""',
    ],
    steps: [
      {
        exec: '/file print where name~"^tod-probe"',
        expect:
          /^Columns: NAME, TYPE, SIZE, LAST-MODIFIED\n *# +NAME +TYPE +SIZE +LAST-MODIFIED *\n *\d+ +tod-probe-dir +directory +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d *\n *\d+ +tod-probe\.txt +\.txt file +0 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d *\n/,
      },
    ],
    after: ['/file remove [find name~"^tod-probe"]'],
    since: '7.16',
    stage: { version: '7.20.8' },
  },
  {
    id: '10.2 #35 (v6)',
    title: 'file print of v6 has a creation time',
    basis: 'verbatim',
    files: { 'tod-probe.rsc': `# ${'x'.repeat(312)}\n` },
    steps: [
      {
        exec: '/file print where name~"^tod-probe"',
        expect:
          /^ # NAME +TYPE +SIZE +CREATION-TIME *\n *\d+ tod-probe\.rsc +script +315 +[a-z]{3}\/\d\d\/\d{4} \d\d:\d\d:\d\d *\n/,
      },
    ],
    after: ['/file remove [find name~"^tod-probe"]'],
    until: '6.99',
    stage: { version: '6.49.13' },
  },
  {
    id: '10.2 #36',
    title: 'service print shows flags, columns and numbers with gaps',
    basis: 'verbatim',
    steps: [
      {
        exec: '/ip service print where !dynamic',
        expect:
          /^Flags: X - DISABLED, I - INVALID\nColumns: NAME, PORT, PROTO, ADDRESS, CERTIFICATE, VRF, MAX-SESSIONS\n # {3}NAME {5}PORT {2}PROTO {2}ADDRESS {13}CERTIFICATE {2}VRF {3}MAX-SESSIONS\n[\s\S]*\n 1 {3}ssh {8}22 {2}tcp {37}main {12}20\n[\s\S]*\n 9 X www-ssl {3}443 {2}tcp {24}none {9}main {12}20\n[\s\S]*\n15 {3}api {6}8728 {2}tcp {4}10\.5\.101\.0\/24 {20}main {12}20\n {27}2001:db8:fade::\/64 {33}\n/,
      },
    ],
    simulatedOnly: 'is about one set of services',
    stage: {
      version: '7.20.8',
      config: '/ip service\nset www-ssl certificate=none\nset api address=10.5.101.0/24,2001:db8:fade::/64\n',
    },
  },
  {
    id: '10.2 #37',
    title: 'history print shows who did what, when',
    basis: 'verbatim',
    before: ['/interface bridge add name=tod-probe', '/interface bridge set tod-probe comment=x'],
    steps: [
      {
        exec: '/system history print without-paging',
        expect:
          /^Flags: U - UNDOABLE\nColumns: ACTION, BY, POLICY, TIME\n +ACTION +BY +POLICY +TIME *\n(?:[UR] [^\n]* write +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d *\n)+/,
      },
    ],
    after: ['/interface bridge remove [find name=tod-probe]'],
    since: '7.15',
  },
  {
    id: '10.2 #38',
    title: 'package update print',
    basis: 'verbatim',
    steps: [
      {
        exec: '/system package update print',
        expect: /^ +channel: [a-z-]+\n +installed-version: \d[^\n]*\n/,
      },
    ],
  },
  {
    id: '10.2 #39',
    title: 'device-mode print',
    basis: 'verbatim',
    steps: [
      {
        exec: '/system device-mode print',
        expect: /^ +mode: [a-z]+ *\n[\s\S]* flagged: (?:no|yes) *\n[\s\S]* scheduler: (?:no|yes) *\n/,
      },
    ],
    since: '7.17',
    stage: { version: '7.20.8' },
  },
  {
    id: '10.2 #40',
    title: 'a dry run shows each line and counts its errors',
    basis: 'reconstructed',
    files: { 'tod-probe.rsc': '/interface bridge\nadd nam=tod-probe\n' },
    steps: [
      {
        exec: '/import file-name=tod-probe.rsc verbose=yes dry-run',
        expect:
          '#line 1\n/interface bridge\n#line 2\nadd nam=tod-probe\nbad parameter nam (line 2 column 5)\nScript Error: found 1 error(s) in import file\n',
      },
    ],
    after: ['/file remove [find name~"^tod-probe"]'],
    since: '7.16',
    stage: { version: '7.24.4' },
  },
]
