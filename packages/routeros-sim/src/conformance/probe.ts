import type { PlayerTarget, SshPlayer } from './ssh-player.js'

/** What a probe may use. */
export interface ProbeContext {
  /** A connection that stays for the whole probe. */
  readonly player: SshPlayer
  readonly target: PlayerTarget
  sleep(ms: number): Promise<void>
}

/** A question about meaning that one answer cannot show; it leaves the router as it was. */
export interface Probe {
  readonly id: string
  /** What is asked, as a sentence for the person who runs it. */
  readonly question: string
  /** What it does on the router, for the dry list. */
  readonly does: string
  /** What the simulator assumes; another answer is worth a report. */
  readonly assumed: string
  /** What of the facts it settles: `sure` probes should never differ, `unsure` ones may. */
  readonly confidence: 'sure' | 'likely' | 'unsure'
  readonly since?: string
  ask(context: ProbeContext): Promise<string>
  readonly after: readonly string[]
}
