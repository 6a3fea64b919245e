import type { SafeModeVerdict, SessionContext } from '../engine.js'
import type { RouterCore } from '../router-core.js'
import { HISTORY_LIMIT } from '../state/change-journal.js'

/** Safe mode: one session holds it, and everything since can be undone with it (facts 6). */
export class SafeMode {
  readonly #router: RouterCore
  #holder: { readonly sessionId: number; readonly user: string; readonly madeBefore: number } | undefined

  constructor(router: RouterCore) {
    this.#router = router
  }

  take(session: SessionContext): SafeModeVerdict {
    this.#checkLimit()
    const holder = this.#holder
    if (holder !== undefined && holder.sessionId !== session.id) {
      return { outcome: 'held', by: holder.user, sessionId: holder.sessionId }
    }
    this.#holder = { sessionId: session.id, user: session.user, madeBefore: this.#router.config.journal.made }
    return { outcome: 'taken' }
  }

  hijack(session: SessionContext, choice: 'unroll' | 'release'): void {
    const holder = this.#holder
    if (holder === undefined) return
    if (choice === 'unroll') this.#undoSince(holder.madeBefore)
    this.#holder = undefined
    this.#router.host.notify(holder.sessionId, '[Safe mode released by another user]\n')
    this.take(session)
  }

  release(session: SessionContext): void {
    if (this.#holder?.sessionId === session.id) this.#holder = undefined
  }

  unroll(session: SessionContext): void {
    if (!this.isHeldBy(session)) return
    const madeBefore = this.#holder?.madeBefore ?? 0
    this.#holder = undefined
    this.#undoSince(madeBefore)
  }

  isHeldBy(session: SessionContext): boolean {
    this.#checkLimit()
    return this.#holder?.sessionId === session.id
  }

  /** The holder's name, '' when nobody has it. */
  holder(): string {
    this.#checkLimit()
    return this.#holder?.user ?? ''
  }

  clear(): void {
    this.#holder = undefined
  }

  /** When history overflows, the session silently leaves safe mode and nothing will be undone. */
  #checkLimit(): void {
    const { journal } = this.#router.config
    if (this.#holder !== undefined && journal.made - this.#holder.madeBefore > HISTORY_LIMIT) {
      this.#holder = undefined
    }
  }

  #undoSince(madeBefore: number): void {
    const { journal } = this.#router.config
    while (journal.actions.length > 0 && (journal.actions.at(-1)?.id ?? 0) > madeBefore) journal.undo()
  }
}
