/**
 * Guesses whether an export states defaults too: a verbose one names what is not set (`!src-port`) and empty values far
 * more often than a compact one.
 *
 * @param lines commands with their continuations joined.
 */
export function isVerboseExport(lines: readonly string[]): boolean {
  const commands = lines.filter((line) => /(?:^| )(?:add|set) /.test(line))
  if (commands.length === 0) return false
  let marks = 0
  for (const line of commands) {
    if (/ ![a-z][a-z0-9-]*(?= |$)/.test(line)) marks += 1
    if (/ [a-z-]+=""/.test(line)) marks += 1
  }
  return marks > 20 && marks > commands.length / 5
}
