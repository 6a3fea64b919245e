import { readFileSync } from 'node:fs'
import { readLintConfig } from '@tod/rsc-parser'
import Ajv from 'ajv'
import { describe, expect, it } from 'vitest'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const isValid = new Ajv().compile(JSON.parse(read('rsclint.schema.json')))

describe('the schema of the configuration', () => {
  it('takes the example of the documentation, as the linter does', () => {
    const example = JSON.parse(/```json\n([\s\S]*?)```/.exec(read('docs/lint.md'))?.[1] ?? '')

    expect(isValid(example)).toBe(true)
    expect(readLintConfig(example).errors).toEqual([])
  })

  it.each([
    [{}, true],
    [{ extends: [] }, true],
    [{ extends: ['all'], ros: '7.16.2', kind: 'fragment', ignore: ['*.bak'] }, true],
    [{ overrides: [{ files: ['*'], rules: { 'no-upnp': 'warn' }, ros: '6.49' }] }, true],
    [{ extends: ['strict'] }, false],
    [{ extends: 'recommended' }, false],
    [{ rules: { 'no-such-rule': 'warn' } }, false],
    [{ rules: { 'no-upnp': 2 } }, false],
    [{ ros: 7.16 }, false],
    [{ ros: 'seven' }, false],
    [{ kind: 'whole' }, false],
    [{ ignore: '*' }, false],
    [{ overrides: [{ rules: {} }] }, false],
    [{ overrides: [{ files: ['*'], extends: [] }] }, false],
    [{ plugins: [] }, false],
    [[], false],
  ])('and the linter agree on %j', (config, isRight) => {
    expect(isValid(config)).toBe(isRight)
    expect(readLintConfig(config).errors.length === 0).toBe(isRight)
  })
})
