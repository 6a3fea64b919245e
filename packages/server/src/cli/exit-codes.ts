/** How `tod` ends. */
export const exitCodes = {
  done: 0,
  /** The device, the storage or the keys did not let it happen; a push was reverted or failed. */
  failed: 1,
  /** The command was not understood, or something it names is not there. */
  usage: 2,
} as const
