/** What the device did not do, as a class of ours. The device's own text may hold secrets and is not passed on. */
export type CommandRefusal =
  | 'not-permitted'
  | 'not-allowed-by-device-mode'
  | 'configuration-flagged'
  | 'unknown-command'
  | 'no-such-item'
  | 'no-space'
  | 'interrupted'
  | 'cut'
  | 'refused'

const refusals: readonly (readonly [RegExp, CommandRefusal])[] = [
  [/not enough permissions/i, 'not-permitted'],
  [/not allowed by device-mode/i, 'not-allowed-by-device-mode'],
  [/configuration flagged/i, 'configuration-flagged'],
  [/no such item/i, 'no-such-item'],
  [/(?:not enough|no) (?:disk )?space|disk is full|out of space/i, 'no-space'],
  [
    /bad command name|syntax error|expected end of command|bad parameter|expected command name/i,
    'unknown-command',
  ],
  [/^interrupted$/im, 'interrupted'],
]

/** Classifies the output of a command whose end marker did not come. */
export function classifyRefusal(output: string, closedInOrder: boolean): CommandRefusal {
  for (const [pattern, refusal] of refusals) if (pattern.test(output)) return refusal
  return closedInOrder && output.trim() !== '' ? 'refused' : 'cut'
}

/**
 * Splits output at our end marker: everything before it, or undefined when it is not the last line. Only line breaks may
 * follow it.
 */
export function beforeEndMarker(output: Uint8Array, marker: string): Uint8Array | undefined {
  const expected = new TextEncoder().encode(marker)
  let end = output.length
  while (end > 0 && (output[end - 1] === 13 || output[end - 1] === 10)) end--
  const start = end - expected.length
  if (start < 0) return undefined
  for (let index = 0; index < expected.length; index++) {
    if (output[start + index] !== expected[index]) return undefined
  }
  if (start > 0 && output[start - 1] !== 10) return undefined
  return output.subarray(0, start)
}

/**
 * Reads lines `name=value` as our own `:put` commands write them. Other lines are left out; values keep their blanks.
 */
export function readFacts(output: string): ReadonlyMap<string, string> {
  const facts = new Map<string, string>()
  for (const line of output.split(/\r\n|\r|\n/)) {
    const match = /^tod:([a-z-]+(?:\.[a-z0-9-]+)?)=(.*)$/.exec(line)
    if (match?.[1] !== undefined) facts.set(match[1], match[2] ?? '')
  }
  return facts
}
