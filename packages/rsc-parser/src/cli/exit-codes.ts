/** Exit codes of all commands. */
export const exitCodes = {
  /** Done; nothing found, no change, nothing left out. */
  ok: 0,
  /** Findings, changes, or a plan with gaps. */
  found: 1,
  /** The command line is wrong, or a file cannot be read. */
  usage: 2,
} as const
