import type { Probe } from '../probe.js'

const removeScript = '/system script remove [find name=tod-probe]'
const removeFiles = '/file remove [find name~"^tod-probe"]'

/** Joins physical lines as RouterOS reads them. */
function joinLines(text: string): string {
  return text.replace(/((?:^|[^\\])(?:\\\\)*)\\\n[ \t]*/g, '$1')
}

/** Lines longer than the rules of wrapping at 80 columns allow. */
function tooLong(text: string): string[] {
  return text.split('\n').filter((line) => {
    if (line.startsWith('#')) return false
    if (line.endsWith(' \\')) return line.length > 79
    if (line.endsWith('=\\')) return line.length > 78
    return line.length > (line.endsWith('\\') ? 79 : 77)
  })
}

/** Probes of exports and backups. */
export const textProbes: readonly Probe[] = [
  {
    id: 'export-wrapping',
    question: 'Are lines of an export wrapped at the columns we believe?',
    does: 'adds the script tod-probe (never run) with a long source, exports that menu twice, removes it',
    assumed: 'within the columns, and the same as terse when joined',
    confidence: 'sure',
    ask: async ({ player }) => {
      const source = Array.from(
        { length: 12 },
        (_, line) => `:put \\"line ${line} of a long script, \\$x \\\\ \\?\\"`,
      )
      await player.exec(
        `/system script add name=tod-probe source="${source.join('\\n')}" comment="${'word '.repeat(20)}end"`,
      )
      const wrapped = (await player.exec('/system script export')).answer
      const terse = (await player.exec('/system script export terse')).answer
      const commandOf = (text: string) =>
        joinLines(text)
          .split('\n')
          .find((line) => line.includes('name=tod-probe'))
          ?.replace(/^\/system script /, '')
      const long = tooLong(wrapped)
      if (long.length > 0) return `too long: ${JSON.stringify(long[0])}`
      return commandOf(wrapped) !== undefined && commandOf(wrapped) === commandOf(terse)
        ? 'within the columns, and the same as terse when joined'
        : `joined ${JSON.stringify(commandOf(wrapped))}, terse ${JSON.stringify(commandOf(terse))}`
    },
    after: [removeScript],
  },
  {
    id: 'backup-format',
    question: 'What is a plain backup file?',
    does: 'saves the backup tod-probe, fetches it, removes it',
    assumed: 'magic 88 AC A1 B1, then its own size',
    confidence: 'sure',
    ask: async ({ player }) => {
      await player.exec('/system backup save name=tod-probe dont-encrypt=yes')
      const bytes = await player.download('tod-probe.backup')
      const magic = bytes.subarray(0, 4).toString('hex').toUpperCase().match(/../g)?.join(' ')
      const size = bytes.length >= 8 ? bytes.readUInt32LE(4) : -1
      return size === bytes.length
        ? `magic ${magic}, then its own size`
        : `magic ${magic}, then ${size} in a file of ${bytes.length}`
    },
    after: [removeFiles],
  },
  {
    id: 'backup-encrypted-format',
    question: 'What is a backup with a password?',
    does: 'saves the backup tod-probe with a password, fetches it, removes it',
    assumed: 'magic EF A8 91 73',
    confidence: 'likely',
    ask: async ({ player }) => {
      await player.exec('/system backup save name=tod-probe password=probe')
      const bytes = await player.download('tod-probe.backup')
      return `magic ${bytes.subarray(0, 4).toString('hex').toUpperCase().match(/../g)?.join(' ')}`
    },
    after: [removeFiles],
  },
  {
    id: 'group-policy-cumulative',
    question: 'Does setting a policy of a group take the others away?',
    does: 'adds the group tod-probe with read and write, sets read only, reads it, removes it',
    assumed: 'write stays',
    confidence: 'unsure',
    since: '7.20',
    ask: async ({ player }) => {
      await player.exec('/user group add name=tod-probe policy=read,write')
      await player.exec('/user group set [find name=tod-probe] policy=read')
      const { answer } = await player.exec(':put [/user group get [find name=tod-probe] policy]')
      return /(?<!!)\bwrite\b/.test(answer) ? 'write stays' : 'write is gone'
    },
    after: ['/user group remove [find name=tod-probe]'],
  },
]
