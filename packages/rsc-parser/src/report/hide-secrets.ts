/**
 * Source lines for people, with what may be a secret hidden: what follows `password=`, `secret=`, `key=` and their kin.
 * Formats show source lines, and a log of a build is no place for a password.
 */
export function hideSecrets(line: string): string {
  return line.replace(
    /\b([a-z0-9.-]*(?:password|passphrase|secret|private-key|preshared-key|psk|pre-shared-key|auth-key|wep-key|community|token|key))=("(?:[^"\\]|\\.)*"?|[^\s]+)/gi,
    (whole, name: string, value: string) => (value === '""' ? whole : `${name}=***`),
  )
}
