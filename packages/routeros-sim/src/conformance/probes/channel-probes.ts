import type { Probe } from '../probe.js'
import { SshPlayer } from '../ssh-player.js'

const removeBridge = '/interface bridge remove [find name=tod-probe]'
const countBridges = ':put [:len [/interface bridge find name=tod-probe]]'

/** Probes of exec channels, sessions and SFTP. */
export const channelProbes: readonly Probe[] = [
  {
    id: 'exec-status-after-error',
    question: 'What does exec tell after an error?',
    does: 'runs a command that does not exist',
    assumed: 'status 0, nothing on stderr, lines end in CRLF',
    confidence: 'sure',
    ask: async ({ player }) => {
      const { status, stderr, hasBareLineFeed } = await player.exec('tod-no-such-command')
      const errors = stderr === '' ? 'nothing on stderr' : `stderr ${JSON.stringify(stderr)}`
      return `status ${status ?? 'none'}, ${errors}, lines end in ${hasBareLineFeed ? 'LF' : 'CRLF'}`
    },
    after: [],
  },
  {
    id: 'exec-several-lines',
    question: 'Does an exec of two lines run?',
    does: 'sends two :put commands separated by a line feed in one exec',
    assumed: 'neither line runs',
    confidence: 'likely',
    ask: async ({ player }) => {
      const { answer } = await player.exec(':put "one"\n:put "two"')
      const ran = ['one', 'two'].filter((word) => answer.split('\n').includes(word))
      return ran.length === 0 ? 'neither line runs' : `runs ${ran.join(' and ')}`
    },
    after: [],
  },
  {
    id: 'job-of-lost-session',
    question: 'Does the rest of an exec run when its connection is cut?',
    does: 'starts a delay of 4 s followed by adding the bridge tod-probe, cuts the connection, looks, removes the bridge',
    assumed: 'the rest does not run',
    confidence: 'unsure',
    ask: async ({ player, target, sleep }) => {
      const second = await SshPlayer.open(target)
      const running = second.exec(':delay 4s; /interface bridge add name=tod-probe')
      await sleep(1000)
      second.close()
      await running
      await sleep(6000)
      const { answer } = await player.exec(countBridges)
      return answer.trim() === '0' ? 'the rest does not run' : 'the rest runs'
    },
    after: [removeBridge],
  },
  {
    id: 'execute-outlives-session',
    question: 'Does a job of :execute outlive its connection?',
    does: 'starts a job that adds the bridge tod-probe after 3 s, cuts the connection, looks, removes the bridge',
    assumed: 'the job runs on',
    confidence: 'likely',
    ask: async ({ player, target, sleep }) => {
      const second = await SshPlayer.open(target)
      await second.exec(':execute script=":delay 3s; /interface bridge add name=tod-probe"')
      second.close()
      await sleep(6000)
      const { answer } = await player.exec(countBridges)
      return answer.trim() === '1' ? 'the job runs on' : 'the job ends'
    },
    after: [removeBridge],
  },
  {
    id: 'safe-mode-broken-link',
    question: 'Is a change under safe mode undone when the link breaks?',
    does: 'takes safe mode in a shell, adds the bridge tod-probe there, cuts the connection, looks',
    assumed: 'the change is undone',
    confidence: 'sure',
    ask: async ({ player, target, sleep }) => {
      const second = await SshPlayer.open(target, '+cte')
      const shell = await second.shell()
      await shell.shows(/> $/, 15_000)
      shell.type('\x18')
      await shell.shows(/<SAFE> $/, 15_000)
      shell.type('/interface bridge add name=tod-probe\r')
      await shell.shows(/add name=tod-probe\n[\s\S]*<SAFE> $/, 15_000)
      const { answer: during } = await player.exec(countBridges)
      second.close()
      await sleep(10_000)
      const { answer } = await player.exec(countBridges)
      if (during.trim() !== '1') return 'the change was never there'
      return answer.trim() === '0' ? 'the change is undone' : 'the change stays'
    },
    after: [removeBridge],
  },
  {
    id: 'sftp-rename',
    question: 'Can a file be renamed over SFTP?',
    does: 'uploads tod-probe.txt, tries to rename it, removes it',
    assumed: 'no',
    confidence: 'unsure',
    ask: async ({ player }) => {
      await player.upload('tod-probe.txt', 'x')
      return (await player.rename('tod-probe.txt', 'tod-probe-2.txt')) ? 'yes' : 'no'
    },
    after: ['/file remove [find name~"^tod-probe"]'],
  },
]
