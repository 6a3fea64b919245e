import { dialogues } from './dialogues/index.js'
import { playDialogue } from './play-dialogue.js'
import type { Probe } from './probe.js'
import { probes } from './probes/index.js'
import { type PlayerTarget, SshPlayer } from './ssh-player.js'

/** One thing that was compared. */
export interface ConformanceResult {
  readonly id: string
  readonly title: string
  readonly outcome: 'same' | 'differs' | 'skipped' | 'failed'
  /** Why it was skipped, what failed, or what differs. */
  readonly details: readonly string[]
  readonly confidence: string
}

/** What a router was compared on. */
export interface ConformanceReport {
  readonly version: string
  readonly board: string
  readonly results: readonly ConformanceResult[]
}

/** One line of the dry list. */
export interface PlannedAction {
  readonly id: string
  readonly does: string
}

/** What will be done on a router, before anything is. */
export function planConformance(): readonly PlannedAction[] {
  const played = dialogues.filter((dialogue) => dialogue.simulatedOnly === undefined)
  return [
    ...played.map((dialogue) => ({
      id: dialogue.id,
      does: [
        ...Object.keys(dialogue.files ?? {}).map((name) => `upload ${name}`),
        ...(dialogue.before ?? []),
        ...dialogue.steps.map((step) =>
          'exec' in step ? step.exec : `type ${JSON.stringify(step.type)} in a shell`,
        ),
        ...(dialogue.after ?? []),
      ].join(' | '),
    })),
    ...probes.map((probe) => ({ id: probe.id, does: probe.does })),
  ]
}

/** Plays everything harmless on a router and compares. Objects it makes are called `tod-probe…` and removed again. */
export async function runConformance(
  target: PlayerTarget,
  sleep: (ms: number) => Promise<void>,
  onResult: (result: ConformanceResult) => void = () => {},
): Promise<ConformanceReport> {
  const { version, board } = await identify(target)
  const results: ConformanceResult[] = []
  const note = (result: ConformanceResult) => {
    results.push(result)
    onResult(result)
  }
  for (const dialogue of dialogues) {
    const { id, title, basis: confidence } = dialogue
    const reason = dialogue.simulatedOnly ?? versionReason(version, dialogue.since, dialogue.until)
    if (reason !== undefined) note({ id, title, confidence, outcome: 'skipped', details: [reason] })
    else {
      note(
        await attempt({ id, title, confidence }, async () => {
          const differences = await playDialogue(target, dialogue)
          return differences.map(
            ({ did, expected, got }) =>
              `${did}\n  expected ${JSON.stringify(expected)}\n  got      ${JSON.stringify(got)}`,
          )
        }),
      )
    }
  }
  for (const probe of probes) {
    const { id, question: title, confidence } = probe
    const reason = versionReason(version, probe.since)
    if (reason !== undefined) note({ id, title, confidence, outcome: 'skipped', details: [reason] })
    else note(await attempt({ id, title, confidence }, () => askProbe(target, probe, sleep)))
  }
  return { version, board, results }
}

async function askProbe(
  target: PlayerTarget,
  probe: Probe,
  sleep: (ms: number) => Promise<void>,
): Promise<readonly string[]> {
  const player = await SshPlayer.open(target)
  try {
    const answer = await probe.ask({ player, target, sleep })
    return answer === probe.assumed ? [] : [`assumed: ${probe.assumed}\n  got:     ${answer}`]
  } finally {
    for (const command of probe.after) await player.exec(command)
    player.close()
  }
}

async function attempt(
  head: Pick<ConformanceResult, 'id' | 'title' | 'confidence'>,
  work: () => Promise<readonly string[]>,
): Promise<ConformanceResult> {
  try {
    const details = await work()
    return { ...head, outcome: details.length === 0 ? 'same' : 'differs', details }
  } catch (error) {
    return { ...head, outcome: 'failed', details: [error instanceof Error ? error.message : String(error)] }
  }
}

async function identify(target: PlayerTarget): Promise<{ version: string; board: string }> {
  const player = await SshPlayer.open(target)
  try {
    const read = async (property: string) =>
      (await player.exec(`:put [/system resource get ${property}]`)).answer.trim()
    return { version: await read('version'), board: await read('board-name') }
  } finally {
    player.close()
  }
}

function versionReason(version: string, since?: string, until?: string): string | undefined {
  if (since !== undefined && compareVersions(version, since) < 0) return `known for ${since} and later`
  if (until !== undefined && compareVersions(version, until) > 0) return `known up to ${until}`
  return undefined
}

/** Negative when the first version is the older; suffixes (`rc1`, ` (stable)`) do not count. */
function compareVersions(a: string, b: string): number {
  const numbers = (version: string) => version.split(/[.\s]/).map((part) => Number.parseInt(part, 10) || 0)
  const [first, second] = [numbers(a), numbers(b)]
  for (let index = 0; index < 3; index++) {
    const difference = (first[index] ?? 0) - (second[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
