/** Something a client does, and what a router shows then. Line ends of answers are LF here, CRLF on the wire. */
export type DialogueStep =
  /** Runs one command over exec; `expect` is the whole answer. `ends`: the connection is closed by the router. */
  | { readonly exec: string; readonly expect: string | RegExp; readonly ends?: boolean }
  /** Types into the shell that the dialogue has open, or into a second one; waits until what is shown since matches. */
  | { readonly type: string; readonly shows: RegExp; readonly ends?: boolean; readonly session?: 'second' }

/** A router's surroundings that a dialogue needs, for the simulator. */
interface DialogueStage {
  readonly version?: string
  readonly model?: string
  readonly serialNumber?: string
  readonly softwareId?: string
  readonly config?: string
  readonly password?: string
  /** UTC of the clock, ms. */
  readonly startMs?: number
  /** Options of the engine. */
  readonly options?: Readonly<Record<string, string>>
  /** Faults, as `parseFault` reads them. */
  readonly faults?: readonly string[]
  /** Group of the account; default full. */
  readonly group?: string
}

/** One dialogue of the annex. */
export interface Dialogue {
  /** Number in the annex, `10.1 #13`. */
  readonly id: string
  readonly title: string
  /** Whether the text was seen, or follows from rules. */
  readonly basis: 'verbatim' | 'reconstructed'
  readonly steps: readonly DialogueStep[]
  /** Files to upload before. */
  readonly files?: Readonly<Record<string, string>>
  /** Commands before; their answers do not count. */
  readonly before?: readonly string[]
  /** Commands after, always run, that leave the router as it was. */
  readonly after?: readonly string[]
  /** Opens a shell under this suffix (`+cte`) before the steps. */
  readonly shellSuffix?: string
  /** Oldest and newest version the dialogue is known for, `7.13`. */
  readonly since?: string
  readonly until?: string
  /** Why it is never played on a router that somebody uses. */
  readonly simulatedOnly?: string
  readonly stage?: DialogueStage
}
