/** Where ids and nonces come from. */
export interface RandomSource {
  /** A UUID, version 4. */
  uuid(): string
  /** So many lower-case hex digits. */
  hex(digits: number): string
}
