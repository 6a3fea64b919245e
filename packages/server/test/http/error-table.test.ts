import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CoreError, type ErrorCode, errorCodes } from '@tod/core'
import { describe, expect, it } from 'vitest'
import { toErrorAnswer } from '../../src/http/error-response.js'
import { httpErrorCodes } from '../../src/http/http-error.js'

const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/error-codes.md'), 'utf8')

class AnyError extends CoreError {
  constructor(readonly code: ErrorCode) {
    super('a message')
  }
}

describe('the table of error codes', () => {
  it.each(errorCodes)('documents the HTTP status that %s is answered with', (code) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${code}\``))
    const documented = Number(row?.split('|').at(-2)?.trim())

    expect(toErrorAnswer(new AnyError(code)).status).toBe(documented)
  })

  it.each(httpErrorCodes)('documents %s, which the HTTP layer adds', (code) => {
    expect(page).toMatch(new RegExp(`^\\| \`${code}\` \\| .* \\| [45]\\d\\d \\|$`, 'm'))
  })

  it('tells nothing of an error that is not ours', () => {
    const answer = toErrorAnswer(new Error('connect to 192.0.2.1 as admin with hunter2 failed'))

    expect(answer).toEqual({ status: 500, code: 'INTERNAL_ERROR', detail: 'Internal server error' })
  })
})
