import { expect } from 'vitest'
import type { TestField } from './test-field.js'

/** Nothing of ours is left on the router that could still fire or leak. */
export function expectClean({ router }: TestField): void {
  const guards = router.schedulers().filter((entry) => entry.name.startsWith('tod-'))
  expect(guards).toEqual([])
  expect(router.files.list().filter((file) => file.name.includes('tod-'))).toEqual([])
}
