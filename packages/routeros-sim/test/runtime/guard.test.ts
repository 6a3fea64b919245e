import { describe, expect, it } from 'vitest'
import { testRouter } from '../support/test-router.js'

const config = `# 2026-01-05 10:00:00 by RouterOS 7.16.1
/interface bridge
add name=bridge
/ip address
add address=192.168.88.1/24 interface=bridge network=192.168.88.0
`

const arm = (seconds: number): string =>
  '/system backup save name=op dont-encrypt=yes; ' +
  ':local d [/system clock get date]; :local t [/system clock get time]; ' +
  `/system scheduler add name=guard start-date=$d start-time=$t interval=${seconds}s ` +
  'policy=ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon ' +
  'on-event="/system backup load name=op password=\\"\\""'

describe('guard of a restore', () => {
  it('loads the backup when it is not disarmed: configuration, accounts and scheduler as before, then a reboot', async () => {
    const { run, router, clock } = await testRouter({ config, deadTimeMs: 60_000 })
    const before = router.significantText()
    await run(arm(120))
    await run('/ip address remove [find]; /user add name=intruder group=full password=x')

    await clock.advance(130_000)
    await clock.advance(60_000)

    expect(router.boots).toBe(1)
    expect(router.significantText()).toBe(before)
    expect(router.schedulers()).toEqual([])
    expect(router.inspect.items('/user').map((user) => user.name)).toEqual(['admin'])
  })

  it('does nothing once it is removed in time', async () => {
    const { run, router, clock } = await testRouter({ config })
    await run(arm(120))
    await run('/ip address remove [find]')
    await run('/system scheduler remove [find name=guard]')

    await clock.advance(600_000)

    expect(router.boots).toBe(0)
    expect(router.significantText()).not.toContain('192.168.88.1')
  })

  it('shows when it is due, and that it has not run', async () => {
    const { run, clock } = await testRouter({ config })
    await run(arm(120))
    await clock.advance(20_000)

    const due = await run(':put [/system scheduler get guard next-run]')
    const count = await run(':put [/system scheduler get guard run-count]')

    expect(due).toBe('2026-01-05 10:02:00\n')
    expect(count).toBe('0\n')
  })

  it('runs at the next boot when it is a startup entry, and counts from zero again', async () => {
    const { run, router, clock } = await testRouter({ config, deadTimeMs: 1000 })
    await run('/system scheduler add name=boot start-time=startup on-event=":log info up"')
    await run('/system reboot')

    await clock.advance(10_000)

    expect(router.boots).toBe(1)
    expect(router.log().map((line) => line.message)).toContain('up')
    expect(router.schedulers()[0]?.runCount).toBe(1)
  })

  it('fires early when the clock jumps forward past its time, and late when it jumps back', async () => {
    const forward = await testRouter({ config, deadTimeMs: 1000 })
    const back = await testRouter({ config, deadTimeMs: 1000 })
    await forward.run(arm(600))
    await back.run(arm(600))

    await forward.run('/system clock set time=14:00:00')
    await back.run('/system clock set time=08:00:00')
    await forward.clock.advance(5000)
    await back.clock.advance(700_000)

    expect(forward.router.boots).toBe(1)
    expect(back.router.boots).toBe(0)
  })

  it('does not fire for an entry without the right to load a backup', async () => {
    const { run, router, clock } = await testRouter({ config })
    await run(
      '/system backup save name=op; /system scheduler add name=weak interval=1m policy=read on-event="/system backup load name=op password=\\"\\""',
    )

    await clock.advance(70_000)

    expect(router.boots).toBe(0)
    expect(router.log().at(-1)?.message).toContain('not enough permissions (9)')
  })
})
