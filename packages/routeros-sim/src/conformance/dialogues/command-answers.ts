import type { Dialogue } from '../dialogue.js'
import { addAddress, addBridge, removeAddress, removeBridge, removeScheduler } from './probe-objects.js'

/** Annex 10.1, commands, items and scripts: commands with an answer of one line. */
export const commandAnswers: readonly Dialogue[] = [
  {
    id: '10.1 #13',
    title: 'an unknown word is a bad command name',
    basis: 'verbatim',
    steps: [{ exec: 'foo', expect: 'bad command name foo (line 1 column 1)\n' }],
  },
  {
    id: '10.1 #14',
    title: 'the same address again is refused',
    basis: 'verbatim',
    before: [addBridge, addAddress],
    steps: [{ exec: addAddress, expect: 'failure: already have such address\n' }],
    after: [removeAddress, removeBridge],
  },
  {
    id: '10.1 #15',
    title: 'an address on no interface is refused',
    basis: 'verbatim',
    steps: [
      {
        exec: '/ip address add address=192.0.2.1/24 interface=tod-nope',
        expect: 'input does not match any value of interface\n',
      },
    ],
  },
  {
    id: '10.1 #16',
    title: 'a word too many ends in its column',
    basis: 'reconstructed',
    steps: [{ exec: '/ip address print foo', expect: 'expected end of command (line 1 column 19)\n' }],
  },
  {
    id: '10.1 #17',
    title: 'a firewall rule without chain misses a value',
    basis: 'reconstructed',
    steps: [
      { exec: '/ip firewall filter add action=drop', expect: 'missing value(s) of argument(s) chain\n' },
    ],
  },
  {
    id: '10.1 #18',
    title: 'removing an unknown id is an error',
    basis: 'reconstructed',
    steps: [{ exec: '/ip address remove *FFFFF0', expect: 'no such item\n' }],
  },
  {
    id: '10.1 #19',
    title: 'add returns the new id',
    basis: 'reconstructed',
    before: [addBridge],
    steps: [{ exec: `:put [${addAddress}]`, expect: /^\*[0-9A-F]+\n$/ }],
    after: [removeAddress, removeBridge],
  },
  {
    id: '10.1 #20',
    title: 'set of what a find found is silent',
    basis: 'reconstructed',
    before: [addBridge, addAddress],
    steps: [
      { exec: '/ip address set [find interface=tod-probe] comment="lan side"', expect: '' },
      { exec: ':put [/ip address get [find interface=tod-probe] comment]', expect: 'lan side\n' },
    ],
    after: [removeAddress, removeBridge],
  },
  {
    id: '10.1 #21',
    title: 'items serialize to JSON',
    basis: 'reconstructed',
    before: [addBridge, addAddress],
    steps: [
      {
        exec: ':put [:serialize to=json [/ip address print as-value where interface=tod-probe]]',
        expect:
          /^\[\{"\.id":"\*[0-9A-F]+","address":"192\.0\.2\.1\/24","interface":"tod-probe","network":"192\.0\.2\.0"\}\]\n$/,
      },
    ],
    after: [removeAddress, removeBridge],
    since: '7.13',
  },
  {
    id: '10.1 #22',
    title: 'device-mode home refuses the scheduler',
    basis: 'reconstructed',
    steps: [
      {
        exec: '/system scheduler add name=x interval=1m on-event=":log info x"',
        expect: 'failure: not allowed by device-mode\n',
      },
    ],
    simulatedOnly: 'needs a device in mode home',
    stage: { version: '7.20.8', options: { 'device-mode': 'home' } },
  },
  {
    id: '10.1 #23',
    title: 'a flagged device refuses the scheduler',
    basis: 'reconstructed',
    steps: [
      {
        exec: '/system scheduler add name=x interval=1m on-event=":log info x"',
        expect:
          'failure: configuration flagged, check all router configuration for unauthorized changes and update device-mode\n',
      },
    ],
    simulatedOnly: 'needs a flagged device',
    stage: { version: '7.20.8', options: { flagged: 'yes' } },
  },
  {
    id: '10.1 #24',
    title: 'a scheduler entry with date, time, policy and a backup load is added silently',
    basis: 'reconstructed',
    steps: [
      {
        exec: '/system scheduler add name=tod-probe interval=2m start-date=2099-01-02 start-time=10:00:00 disabled=yes policy=read,write,policy,test,reboot,ftp,sensitive,password on-event="/system backup load name=tod-probe-absent password=\\"\\""',
        expect: '',
      },
    ],
    after: [removeScheduler],
    since: '7.10',
  },
  {
    id: '10.1 #25',
    title: 'next-run is date and time of the next step of the grid',
    basis: 'reconstructed',
    before: [
      '/system scheduler add name=revert interval=2m start-date=2024-01-02 start-time=10:00:00 on-event=":log info x"',
    ],
    steps: [{ exec: ':put [/system scheduler get revert next-run]', expect: '2024-01-02 10:02:00\n' }],
    simulatedOnly: 'depends on the clock',
    stage: { version: '7.16.1', startMs: Date.UTC(2024, 0, 2, 10, 0, 20) },
  },
  {
    id: '10.1 #26',
    title: 'the number of found entries is 1, after removal 0',
    basis: 'reconstructed',
    before: ['/system scheduler add name=tod-probe disabled=yes on-event=":log info x"'],
    steps: [
      { exec: ':put [:len [/system scheduler find name=tod-probe]]', expect: '1\n' },
      { exec: removeScheduler, expect: '' },
      { exec: ':put [:len [/system scheduler find name=tod-probe]]', expect: '0\n' },
    ],
    after: [removeScheduler],
  },
  {
    id: '10.1 #27',
    title: 'parse shows a bad parameter inside its output',
    basis: 'verbatim',
    steps: [
      {
        exec: ':put [:parse "/ip address add addres=1"]',
        expect: /bad parameter addres \(line 1 column 17\)/,
      },
    ],
    since: '7.13',
  },
  {
    id: '10.1 #28',
    title: 'a failing script names command and line',
    basis: 'reconstructed',
    before: [
      addBridge,
      addAddress,
      `/system script add name=tod-probe source=":local a 1\\n:local b 2\\n${addAddress}"`,
    ],
    steps: [
      {
        exec: '/system script run tod-probe',
        expect: 'failure: already have such address (/ip/address/add; line 3)\n',
      },
    ],
    after: ['/system script remove [find name=tod-probe]', removeAddress, removeBridge],
    since: '7.1',
  },
  {
    id: '10.1 #29',
    title: 'a parse error rejects the whole line, a run-time failure only the rest',
    basis: 'reconstructed',
    steps: [
      { exec: ':put "a"; foo; :put "b"', expect: 'bad command name foo (line 1 column 11)\n' },
      { exec: ':put "a"; /ip address remove *FFFFF0; :put "b"', expect: 'a\nno such item\n' },
    ],
  },
  {
    id: '10.1 #30',
    title: 'files need the policy ftp',
    basis: 'reconstructed',
    steps: [
      { exec: '/export file=x', expect: 'not enough permissions (9)\n' },
      { exec: '/system backup save name=x dont-encrypt=yes', expect: 'not enough permissions (9)\n' },
    ],
    simulatedOnly: 'needs an account without ftp',
    stage: { group: 'read' },
  },
  {
    id: '10.1 #31',
    title: 'an ed25519 user key is refused below 7.12',
    basis: 'verbatim',
    files: {
      'k.pub': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f somebody\n',
    },
    steps: [
      {
        exec: '/user ssh-keys import user=admin public-key-file=k.pub',
        expect: 'unable to load key file (wrong format or bad passphrase)!\n',
      },
    ],
    simulatedOnly: 'changes how the account logs in',
    stage: { version: '7.11.2' },
  },
]
