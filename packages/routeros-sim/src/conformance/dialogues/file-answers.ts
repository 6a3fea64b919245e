import type { Dialogue } from '../dialogue.js'
import { addBridge, removeBridge, removeFiles } from './probe-objects.js'

/** Annex 10.1, files and imports: commands with an answer of one line. */
export const fileAnswers: readonly Dialogue[] = [
  {
    id: '10.1 #1',
    title: 'a :put of a property prints its value',
    basis: 'reconstructed',
    steps: [{ exec: ':put [/system identity get name]', expect: /^[^\n]+\n$/ }],
  },
  {
    id: '10.1 #2',
    title: 'print of a settings menu is one key a line and an empty line',
    basis: 'reconstructed',
    steps: [{ exec: '/system identity print', expect: /^ +name: [^\n]+\n\n?$/ }],
  },
  {
    id: '10.1 #3',
    title: 'export to a file says nothing',
    basis: 'reconstructed',
    steps: [
      { exec: '/export file=tod-probe', expect: '' },
      { exec: ':put [:len [/file find name="tod-probe.rsc"]]', expect: '1\n' },
    ],
    after: [removeFiles],
  },
  {
    id: '10.1 #4',
    title: 'backup save says that the backup was saved',
    basis: 'verbatim',
    steps: [
      {
        exec: '/system backup save name=tod-probe dont-encrypt=yes',
        expect: /^(?:Saving system configuration\n)?Configuration backup saved\n$/,
      },
    ],
    after: [removeFiles],
  },
  {
    id: '10.1 #5',
    title: 'backup load with an empty password restores without asking and restarts',
    basis: 'verbatim',
    before: ['/system backup save name=tod-probe dont-encrypt=yes'],
    steps: [
      {
        exec: '/system backup load name=tod-probe password=""',
        expect: 'System configuration restored, rebooting now\n',
        ends: true,
      },
    ],
    simulatedOnly: 'restarts the router',
  },
  {
    id: '10.1 #6',
    title: 'removing what a find did not find is silent',
    basis: 'reconstructed',
    steps: [{ exec: '/file remove [find name="tod-probe-absent.rsc"]', expect: '' }],
  },
  {
    id: '10.1 #7',
    title: 'removing an absent file by name is an error',
    basis: 'reconstructed',
    steps: [{ exec: '/file remove tod-probe-absent.rsc', expect: 'no such item\n' }],
  },
  {
    id: '10.1 #8',
    title: 'file size is the raw number of bytes',
    basis: 'reconstructed',
    files: { 'tod-probe.rsc': `# ${'x'.repeat(12_564)}\n` },
    steps: [{ exec: ':put [/file get tod-probe.rsc size]', expect: '12567\n' }],
    after: [removeFiles],
  },
  {
    id: '10.1 #9',
    title: 'a good import prints its success line only',
    basis: 'verbatim',
    files: { 'tod-probe.rsc': '/interface bridge\nadd name=tod-probe\n' },
    steps: [
      { exec: '/import file-name=tod-probe.rsc', expect: 'Script file loaded and executed successfully\n' },
    ],
    after: [removeBridge, removeFiles],
    since: '7.22',
    stage: { version: '7.24.4' },
  },
  {
    id: '10.1 #10',
    title: 'an import stops at a duplicate and names command and line',
    basis: 'verbatim',
    before: [addBridge],
    files: { 'tod-probe.rsc': '/interface bridge\nadd name=tod-probe\n' },
    steps: [
      {
        exec: '/import file-name=tod-probe.rsc',
        expect:
          'Script Error: failure: already have interface with name tod-probe (/interface/bridge/add; line 2) (:import; line 1)\n',
      },
    ],
    after: [removeBridge, removeFiles],
    since: '7.24',
    stage: { version: '7.24.4' },
  },
  {
    id: '10.1 #11',
    title: 'an import of what is no command says so',
    basis: 'verbatim',
    files: { 'tod-probe.rsc': 'this is no script\n' },
    steps: [
      {
        exec: '/import file-name=tod-probe.rsc',
        expect: 'Script Error: bad command name this (line 1 column 1)\n',
      },
    ],
    after: [removeFiles],
    since: '7.24',
    stage: { version: '7.24.4' },
  },
  {
    id: '10.1 #12',
    title: 'an import of an absent file cannot open it',
    basis: 'verbatim',
    steps: [
      {
        exec: '/import file-name=tod-probe-absent.rsc',
        expect: 'Cannot open import file, file does not exist (:import; line 1)\n',
      },
    ],
    since: '7.24',
    stage: { version: '7.24.4' },
  },
]
