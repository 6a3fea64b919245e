import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as core from '../../src/index.js'
import { CoreError, errorCodes } from '../../src/index.js'

/** The codes of the core come first; a chapter on those of the HTTP interface follows. */
const [page = ''] = readFileSync(new URL('../../../../docs/error-codes.md', import.meta.url), 'utf8').split(
  '\n## ',
)
const rows = [...page.matchAll(/^\| `([A-Z_]+)` \|(.*)\|$/gm)]
const sources = readdirSync(new URL('../../src/errors/', import.meta.url))
  .map((file) => readFileSync(new URL(`../../src/errors/${file}`, import.meta.url), 'utf8'))
  .join('\n')

describe('error codes', () => {
  it('have one row each on their page, with every column filled', () => {
    expect(rows.map(([, code]) => code)).toEqual([...errorCodes])
    for (const [, code, cells] of rows) {
      expect(
        cells?.split('|').map((cell) => cell.trim() !== ''),
        code,
      ).toEqual(Array(5).fill(true))
    }
  })

  it('have one class each, which states the code and says on the page whether it is retryable', () => {
    const classes = Object.values(core).filter(
      (value): value is typeof CoreError & (new (...args: never[]) => CoreError) =>
        typeof value === 'function' && value.prototype instanceof CoreError,
    )
    const made = classes.map((Class) => Reflect.construct(Class, [{}]) as CoreError)

    expect(made.map((error) => error.code).sort()).toEqual([...errorCodes])
    for (const error of made) {
      const cells = rows.find(([, code]) => code === error.code)?.[2]?.split('|') ?? []
      expect({ code: error.code, retryable: cells[3]?.trim() }).toEqual({
        code: error.code,
        retryable: error.retryable ? 'yes' : 'no',
      })
    }
  })

  it('are named like their classes', () => {
    const classNames = [...sources.matchAll(/export class (\w+)Error extends CoreError/g)].map(
      ([, name]) => name,
    )
    const expected = errorCodes.map((code) =>
      code
        .split('_')
        .map((word) => word[0] + word.slice(1).toLowerCase())
        .join(''),
    )

    expect(classNames.sort()).toEqual(expected.sort())
  })
})
