/** One entry of `/system history`: what was done, by whom, and how to take it back. */
export interface JournalAction {
  readonly id: number
  action: string
  readonly by: string
  readonly policy: string
  readonly timeMs: number
  /** Each change of the action: how to take it back, and how to make it again. */
  readonly changes: { readonly back: () => void; readonly again: () => void }[]
}

/** Actions a router keeps; safe mode ends silently when more are made under it. Source: manual, Configuration Management. */
export const HISTORY_LIMIT = 100

/**
 * Records how to undo each change. A change outside of `begin`/`end` (loading, boot) is not recorded.
 */
export class ChangeJournal {
  readonly actions: JournalAction[] = []
  /** Actions taken back, newest last; a new action forgets them. */
  readonly undone: JournalAction[] = []
  /** Counts actions that were ever made, so that a session can tell how many are its own. */
  made = 0
  private open: JournalAction | undefined
  private replaying = false

  /** Starts an action; changes until `end` belong to it. */
  begin(action: string, by: string, policy: string, timeMs: number): void {
    this.open = { id: this.made + 1, action, by, policy, timeMs, changes: [] }
  }

  /** Closes the action; one without a change leaves no trace. */
  end(): void {
    const done = this.open
    this.open = undefined
    if (done === undefined || done.changes.length === 0) return
    this.made += 1
    this.undone.length = 0
    this.actions.push(done)
    if (this.actions.length > HISTORY_LIMIT) this.actions.shift()
  }

  /** Names the action being recorded, as `/system history` shows it. */
  describe(action: string): void {
    if (this.open !== undefined) this.open.action = action
  }

  /** Called by the state for each change. */
  record(back: () => void, again: () => void): void {
    if (this.open !== undefined && !this.replaying) this.open.changes.push({ back, again })
  }

  /** Takes back the newest action. False when there is none. */
  undo(): boolean {
    const last = this.actions.pop()
    if (last === undefined) return false
    this.undone.push(last)
    this.replay(last.changes.toReversed().map(({ back }) => back))
    return true
  }

  /** Makes the action that was taken back last again. False when there is none. */
  redo(): boolean {
    const last = this.undone.pop()
    if (last === undefined) return false
    this.actions.push(last)
    this.replay(last.changes.map(({ again }) => again))
    return true
  }

  private replay(steps: readonly (() => void)[]): void {
    this.replaying = true
    try {
      for (const step of steps) step()
    } finally {
      this.replaying = false
    }
  }

  /** Forgets everything: after a backup load or a reset. */
  clear(): void {
    this.actions.length = 0
    this.undone.length = 0
    this.open = undefined
  }
}
