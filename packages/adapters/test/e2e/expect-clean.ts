import { expect } from 'vitest'
import type { TestField } from './test-field.js'

/** Nothing of ours is left on the router that could still fire or leak. */
export function expectClean({ router }: TestField): void {
  expect(router.schedulers().map((entry) => entry.name)).toEqual([])
  expect(router.files.list().filter((file) => file.name.includes('tod-'))).toEqual([])
  expect(router.inspect.jobs()).toEqual([])
}
