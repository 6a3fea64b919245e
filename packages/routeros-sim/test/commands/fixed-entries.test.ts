import { describe, expect, it } from 'vitest'
import { testRouter } from '../support/test-router.js'

describe('menus whose entries are always there', () => {
  it('know no command to add or remove one, but change them', async () => {
    const { run } = await testRouter({ version: '7.16.1' })

    expect(await run('/interface ethernet add name=x')).toBe('bad command name add (line 1 column 21)\n')
    expect(await run('/ip service remove ssh')).toBe('bad command name remove (line 1 column 13)\n')
    expect(await run('/ip service set ssh port=2222')).toBe('')
    expect(await run('/ip service export')).toContain('set ssh port=2222')
  })
})
