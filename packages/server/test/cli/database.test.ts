import { afterEach, describe, expect, it, vi } from 'vitest'
import { runTod } from '../../src/cli/run-tod.js'

async function tod(args: readonly string[]) {
  let text = ''
  const code = await runTod(args, {
    out: (line) => {
      text += line
    },
    err: (line) => {
      text += line
    },
    outBytes: () => {},
    isTerminal: false,
    readInput: async () => '',
  })
  return { code, text }
}

describe('tod database', () => {
  afterEach(() => vi.unstubAllEnvs())

  it.each(['create-roles', 'migrate'])('%s says which variable is missing', async (command) => {
    const { code, text } = await tod(['database', command])

    expect(code).toBe(2)
    expect(text).toMatch(/Set TOD_DATABASE_(ADMIN|OWNER)_URL\./)
  })

  it('migrate fails where no server listens, and does not show the password', async () => {
    vi.stubEnv('TOD_DATABASE_OWNER_URL', 'postgres://tod_owner:correct-horse@127.0.0.1:1/tod')

    const { code, text } = await tod(['database', 'migrate'])

    expect(code).toBe(1)
    expect(text).toContain('[STORAGE_UNAVAILABLE]')
    expect(text).not.toContain('correct-horse')
  })
})
