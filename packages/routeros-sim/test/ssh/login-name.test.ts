import { describe, expect, it } from 'vitest'
import { readLoginName } from '../../src/ssh/login-name.js'

describe('a login name with console wishes', () => {
  it('reads the suffixes that known tools send', () => {
    expect(readLoginName('admin+ct511w4098h')).toEqual({
      user: 'admin',
      noColors: true,
      noProbing: true,
      dumb: false,
      width: 511,
      height: 4098,
    })
    expect(readLoginName('backup+cte200w')).toMatchObject({ user: 'backup', dumb: true, width: 200 })
    expect(readLoginName('admin+cetw511h4098')).toMatchObject({ user: 'admin', dumb: true, noProbing: true })
  })

  it('leaves names alone that merely hold a plus', () => {
    expect(readLoginName('a+B').user).toBe('a+B')
    expect(readLoginName('+cte').user).toBe('+cte')
    expect(readLoginName('admin').user).toBe('admin')
  })
})
