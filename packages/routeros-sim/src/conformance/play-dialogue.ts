import type { Dialogue, DialogueStep } from './dialogue.js'
import { type PlayerTarget, type ShellPlayer, SshPlayer } from './ssh-player.js'

/** One step that went otherwise than written. */
export interface DialogueDifference {
  readonly did: string
  readonly expected: string
  readonly got: string
}

type TypingStep = Extract<DialogueStep, { type: string }>

/** How long a shell may take to show what is expected. */
const showTimeoutMs = 15_000

/** Plays a dialogue on a router and returns each step that differs. Cleans up in any case. */
export async function playDialogue(
  target: PlayerTarget,
  dialogue: Dialogue,
): Promise<readonly DialogueDifference[]> {
  const differences: DialogueDifference[] = []
  const player = await SshPlayer.open(target)
  const shells = new Map<string, OpenShell>()
  try {
    for (const command of dialogue.before ?? []) await player.exec(command)
    for (const [name, content] of Object.entries(dialogue.files ?? {})) await player.upload(name, content)
    for (const step of dialogue.steps) {
      const difference =
        'exec' in step
          ? await playExec(player, step)
          : await playTyping(await shellFor(target, dialogue, step, shells), step)
      if (difference) differences.push(difference)
    }
  } finally {
    await cleanUp(player, dialogue)
    for (const { login } of shells.values()) login.close()
    player.close()
  }
  return differences
}

/** A shell and the login it runs in. */
interface OpenShell {
  readonly login: SshPlayer
  readonly shell: ShellPlayer
}

/** The shell a step types into, opened when first needed. */
async function shellFor(
  target: PlayerTarget,
  dialogue: Dialogue,
  step: TypingStep,
  shells: Map<string, OpenShell>,
): Promise<ShellPlayer> {
  const name = step.session ?? 'first'
  const open = shells.get(name)
  if (open !== undefined) return open.shell
  if (dialogue.shellSuffix === undefined) throw new TypeError('A dialogue that types needs a shellSuffix.')
  const login = await SshPlayer.open(target, dialogue.shellSuffix)
  const shell = await login.shell()
  shells.set(name, { login, shell })
  // A first step without keys is about the login screens; any other waits for the prompt.
  if (step.type !== '') await shell.shows(/\] [^\n]*> $/, showTimeoutMs)
  return shell
}

async function cleanUp(player: SshPlayer, dialogue: Dialogue): Promise<void> {
  if (dialogue.steps.some((step) => step.ends === true)) return
  for (const command of dialogue.after ?? []) await player.exec(command)
}

async function playExec(
  player: SshPlayer,
  step: Extract<DialogueStep, { exec: string }>,
): Promise<DialogueDifference | undefined> {
  const { answer, ended } = await player.exec(step.exec)
  const isSame = typeof step.expect === 'string' ? answer === step.expect : step.expect.test(answer)
  if (isSame && ended === (step.ends === true)) return undefined
  const how = ended ? ' (and the connection ended)' : ''
  return { did: step.exec, expected: describe(step.expect, step.ends), got: `${answer}${how}` }
}

async function playTyping(shell: ShellPlayer, step: TypingStep): Promise<DialogueDifference | undefined> {
  shell.type(step.type)
  const { text, matched } = await shell.shows(step.shows, showTimeoutMs)
  if (matched) return undefined
  return { did: `typed ${JSON.stringify(step.type)}`, expected: describe(step.shows, step.ends), got: text }
}

function describe(expected: string | RegExp, ends: boolean | undefined): string {
  return `${typeof expected === 'string' ? expected : String(expected)}${ends === true ? ' (and the connection ends)' : ''}`
}
