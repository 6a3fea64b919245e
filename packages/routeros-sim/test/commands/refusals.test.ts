import { describe, expect, it } from 'vitest'
import { testRouter } from '../support/test-router.js'

describe('a router refuses', () => {
  it.each(['x*y', '.joe', 'joe.', '-', 'a*'])('the account name %s', async (name) => {
    const { run } = await testRouter()

    expect(await run(`/user add name="${name}" group=read password=x`)).toMatch(/^failure: /)
    expect(await run('/user print count-only')).toBe('1\n')
  })

  it('takes names with dots and blanks inside', async () => {
    const { run } = await testRouter()

    expect(await run('/user add name="joe.doe" group=read; /user add name="backup user" group=read')).toBe('')
  })

  it('intervals of days together with active days', async () => {
    const { run } = await testRouter({ version: '7.21.3' })
    const refusal = 'failure: multi-day intervals are not supported with active day scheduling\n'

    expect(await run('/system scheduler add name=a days=mon,tue interval=1d on-event=x')).toBe(refusal)
    await run('/system scheduler add name=b days=mon interval=6h on-event=x')
    expect(await run('/system scheduler set b interval=1d')).toBe(refusal)
    expect(await run('/system scheduler set b days=always interval=2d')).toBe('')
  })

  it.each([
    ['6.49.13', '/safe-mode take', 'bad command name safe-mode (line 1 column 2)'],
    ['7.17.2', '/safe-mode take', 'bad command name safe-mode (line 1 column 2)'],
    ['6.49.13', '/file add name=a', 'bad command name add (line 1 column 7)'],
    ['6.49.13', '/export path=/ip', 'expected end of command (line 1 column 9)'],
    ['7.16.1', '/system scheduler add name=a days=mon on-event=x', 'bad parameter days (line 1 column 30)'],
    ['7.15.3', '/import a.rsc verbose=yes dry-run', 'expected end of command (line 1 column 27)'],
    ['7.16.1', '/import a.rsc dry-run', 'missing value(s) of argument(s) verbose'],
    ['7.16.1', '/import a.rsc from-line=2', 'missing value(s) of argument(s) verbose'],
  ])('on %s what came later: %s', async (version, command, refusal) => {
    const { router, run } = await testRouter({ version })
    await router.files.write('a.rsc', Buffer.from(':put one\n:put two\n'))

    expect(await run(command)).toBe(`${refusal}\n`)
  })

  it('an abbreviated word that could be several', async () => {
    const { run } = await testRouter()
    await run('/ip firewall filter add chain=input action=acc')

    expect(await run(':put [/ip firewall filter get 0 action]')).toBe('accept\n')
    expect(await run('/ip firewall filter set 0 action=add')).toBe(
      'ambiguous value of action, more than one possible value matches input\n',
    )
    expect(await run('/ip firewall filter set 0 action=allow')).toBe(
      'input does not match any value of action\n',
    )
  })

  it('a word that a dangerous command does not know, and does nothing', async () => {
    const { router, run } = await testRouter()

    expect(await run('/system reset-configuration keep-user=yes')).toBe(
      'bad parameter keep-user (line 1 column 29)\n',
    )
    expect(await run('/system reboot now=yes')).toBe('bad parameter now (line 1 column 16)\n')
    expect(router.isUp).toBe(true)
  })

  it('a password when only keys may log in', async () => {
    const { router, run } = await testRouter({
      version: '7.23.4',
      users: [{ name: 'admin', password: 'secret' }],
    })
    const login = () => router.engine.checkLogin('admin', { kind: 'password', password: 'secret' }, {}).ok
    const before = login()
    await run('/ip ssh set password-authentication=no')

    expect([before, login()]).toEqual([true, false])
  })

  it('another device-mode until somebody presses a button', async () => {
    const { clock, run } = await testRouter({ version: '7.20.8' })
    const answer = run('/system device-mode update mode=home')
    await clock.advance(301_000)

    expect(await answer).toBe(
      'update: please activate by turning power off or pressing reset or mode button in 5m00s\n',
    )
    expect(await run(':put [/system device-mode get mode]')).toBe('advanced\n')
    expect(await run(':put [/system device-mode get attempt-count]')).toBe('1\n')
  })
})
