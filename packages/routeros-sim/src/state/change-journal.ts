/** One entry of `/system history`: what was done, by whom, and how to take it back. */
export interface JournalAction {
  readonly id: number
  action: string
  readonly by: string
  readonly policy: string
  readonly timeMs: number
  readonly inverses: (() => void)[]
  /** Does the same change again; filled when the action was undone. */
  redo?: (() => void) | undefined
}

/** Actions a router keeps; safe mode ends silently when more are made under it. Source: manual, Configuration Management. */
export const HISTORY_LIMIT = 100

/**
 * Records how to undo each change. A change outside of `begin`/`end` (loading, boot) is not recorded.
 */
export class ChangeJournal {
  readonly actions: JournalAction[] = []
  /** Counts actions that were ever made, so that a session can tell how many are its own. */
  made = 0
  private open: JournalAction | undefined
  private replaying = false

  /** Starts an action; changes until `end` belong to it. */
  begin(action: string, by: string, policy: string, timeMs: number): void {
    this.open = { id: this.made + 1, action, by, policy, timeMs, inverses: [] }
  }

  /** Closes the action; one without a change leaves no trace. */
  end(): void {
    const done = this.open
    this.open = undefined
    if (done === undefined || done.inverses.length === 0) return
    this.made += 1
    this.actions.push(done)
    if (this.actions.length > HISTORY_LIMIT) this.actions.shift()
  }

  /** Names the action being recorded, as `/system history` shows it. */
  describe(action: string): void {
    if (this.open !== undefined) this.open.action = action
  }

  /** Called by the state with the inverse of each change. */
  record(inverse: () => void): void {
    if (this.open !== undefined && !this.replaying) this.open.inverses.push(inverse)
  }

  /** Takes back the newest action. False when there is none. */
  undo(): boolean {
    const last = this.actions.pop()
    if (last === undefined) return false
    this.replaying = true
    try {
      for (const inverse of last.inverses.reverse()) inverse()
    } finally {
      this.replaying = false
    }
    return true
  }

  /** Forgets everything: after a backup load or a reset. */
  clear(): void {
    this.actions.length = 0
    this.open = undefined
  }
}
