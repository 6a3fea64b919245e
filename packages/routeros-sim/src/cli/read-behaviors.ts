import { behaviorNames } from '../engine-settings.js'
import type { SshOptions } from '../ssh/ssh-options.js'

/** Named behaviours of the SSH side, as `--option name=value` gives them. */
const sshBehaviors: Readonly<Record<string, Readonly<Record<string, SshOptions>>>> = {
  'window-cut': { yes: { cutsAtWindow: true }, no: { cutsAtWindow: false } },
  keepalive: { answer: { answersKeepalive: true }, ignore: { answersKeepalive: false } },
  'lost-session': { end: { jobOfLostSession: 'end' }, continue: { jobOfLostSession: 'continue' } },
  'multi-line-exec': { fail: { multiLineExec: 'fail' }, accept: { multiLineExec: 'accept' } },
  'exit-status': { zero: { exitStatus: 'zero' }, 'by-result': { exitStatus: 'by-result' } },
  'sftp-rename': { refuse: { sftpRename: 'refuse' }, accept: { sftpRename: 'accept' } },
  license: { ask: { asksForLicense: true }, skip: { asksForLicense: false } },
  algorithms: {
    modern: { algorithms: 'modern' },
    classic: { algorithms: 'classic' },
    'ssh-rsa-only': { algorithms: 'ssh-rsa-only' },
  },
}

/** Named behaviours, sorted by whose they are. */
export interface NamedBehaviors {
  readonly ssh: SshOptions
  /** Options of the engine: `device-mode`, `import-parse`, … */
  readonly options: Readonly<Record<string, string>>
}

/**
 * Reads `name=value` texts. Values of names that are not of the SSH side are left to the engine, which knows its own.
 *
 * @throws TypeError for a text without `=`, a name that nobody knows, or a value that its name does not have.
 */
export function readBehaviors(texts: readonly string[]): NamedBehaviors {
  let ssh: SshOptions = {}
  const options: Record<string, string> = {}
  for (const text of texts) {
    const equals = text.indexOf('=')
    if (equals < 1) throw new TypeError(`Not name=value: ${text}`)
    const [name, value] = [text.slice(0, equals), text.slice(equals + 1)]
    const known = sshBehaviors[name]
    if (known === undefined && !behaviorNames.includes(name)) {
      const all = [...behaviorNames, ...Object.keys(sshBehaviors)]
      throw new TypeError(`No such option: ${name}. Known: ${all.join(', ')}.`)
    }
    const choice = known?.[value]
    if (known !== undefined && choice === undefined) {
      throw new TypeError(`${name} is one of: ${Object.keys(known).join(', ')}.`)
    }
    if (choice === undefined) options[name] = value
    else ssh = { ...ssh, ...choice }
  }
  return { ssh, options }
}
