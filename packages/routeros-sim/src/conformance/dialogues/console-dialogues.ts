import type { Dialogue } from '../dialogue.js'

/** Annex 10.2, shell part: what the interactive console asks and shows. */
export const consoleDialogues: readonly Dialogue[] = [
  {
    id: '10.2 #41',
    title: 'the console says which file it imports',
    basis: 'verbatim',
    shellSuffix: '+cte',
    files: { 'tod-probe.rsc': '/interface bridge\nadd name=tod-probe\n' },
    steps: [
      {
        type: 'import tod-probe.rsc\r',
        shows: /\nOpening script file tod-probe\.rsc\n\nScript file loaded and executed successfully\n/,
      },
    ],
    after: ['/interface bridge remove [find name=tod-probe]', '/file remove [find name~"^tod-probe"]'],
  },
  {
    id: '10.2 #42',
    title: 'the console asks for the password of a backup and whether to restart',
    basis: 'verbatim',
    shellSuffix: '+cte',
    before: ['/system backup save name=test dont-encrypt=yes'],
    steps: [
      { type: '/system backup load name=test\r', shows: /\npassword: ?$/ },
      { type: '\r', shows: /\nRestore and reboot\? \[y\/N\]: ?\n?$/ },
      {
        type: 'y\r',
        shows: /\nRestoring system configuration\nSystem configuration restored, rebooting now\n/,
        ends: true,
      },
    ],
    simulatedOnly: 'restarts the router',
  },
  {
    id: '10.2 #43',
    title: 'the console asks before a reboot',
    basis: 'verbatim',
    shellSuffix: '+cte',
    steps: [
      { type: '/system reboot\r', shows: /\nReboot, yes\? \[y\/N\]: ?\n?$/ },
      { type: 'y\r', shows: /\nsystem will reboot shortly\n/, ends: true },
    ],
    simulatedOnly: 'restarts the router',
  },
  {
    id: '10.2 #44',
    title: 'the console asks before a reset',
    basis: 'verbatim',
    shellSuffix: '+cte',
    steps: [
      { type: '/system reset-configuration\r', shows: /\nDangerous! Reset anyway\? \[y\/N\]: ?\n?$/ },
      { type: 'y\r', shows: /\nsystem configuration will be reset\n/, ends: true },
    ],
    simulatedOnly: 'resets the router',
  },
  {
    id: '10.2 #45',
    title: 'Ctrl-X takes safe mode and shows it in the prompt; a second user may hijack it',
    basis: 'verbatim',
    shellSuffix: '+cte',
    steps: [
      { type: '\x18', shows: /\n\[Safe Mode taken\]\n\[[^\]]+\] <SAFE> $/ },
      {
        type: '\x18',
        shows: /\nHijacking Safe Mode from someone - unroll\/release\/don't take it \[u\/r\/d\]: ?$/,
        session: 'second',
      },
      { type: 'r', shows: /\n\[Safe Mode taken\]\n\[[^\]]+\] <SAFE> $/, session: 'second' },
      { type: '', shows: /\n\[Safe mode released by another user\]\n/ },
      { type: '\x18', shows: /\n\[Safe Mode released\]\n\[[^\]]+\] > $/, session: 'second' },
    ],
  },
  {
    id: '10.2 #46',
    title: 'a login with an empty password is asked for a new one; Ctrl-C skips',
    basis: 'verbatim',
    shellSuffix: '+cte',
    steps: [
      { type: '', shows: /\nChange your password\n[\s\S]*new password> $/ },
      { type: '\x03', shows: /\n\[admin@[^\]]+\] > $/ },
    ],
    simulatedOnly: 'needs an account without a password',
    stage: { version: '7.16.1', password: '' },
  },
]
