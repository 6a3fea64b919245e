import { describe, expect, it } from 'vitest'
import { testRouter } from '../support/test-router.js'

const minutes = (count: number): number => count * 60_000

describe('/system scheduler', () => {
  it('fires first one interval after it was added, then by the interval', async () => {
    const { run, router, clock } = await testRouter()
    await run('/system scheduler add name=tick interval=5m on-event=":log info tick"')
    const counts: number[] = []

    for (const pause of [4, 2, 3, 2]) {
      await clock.advance(minutes(pause))
      counts.push(router.schedulers()[0]?.runCount ?? -1)
    }

    expect(counts).toEqual([0, 1, 1, 2])
  })

  it('runs once without interval and stays in the list without a next run', async () => {
    const { run, router, clock } = await testRouter()
    await run(
      '/system scheduler add name=once start-date=2026-01-05 start-time=10:01:00 on-event=":log info once"',
    )

    await clock.advance(minutes(3))

    expect(router.schedulers()).toMatchObject([{ name: 'once', runCount: 1 }])
    expect(router.schedulers()[0]?.nextRunMs).toBeUndefined()
    expect(await run(':put [:typeof [/system scheduler get once next-run]]')).toBe('nothing\n')
  })

  it('counts the phase of startup with an interval from boot, wherever it was added', async () => {
    const { run, router, clock } = await testRouter()
    await clock.advance(70_000)
    await run('/system scheduler add name=late start-time=startup interval=90s on-event=":log info late"')

    await clock.advance(25_000)

    expect(router.schedulers()[0]?.runCount).toBe(1)
  })

  it('runs a named script with the rights of the entry, and refuses one that has more', async () => {
    const { run, router, clock } = await testRouter()
    await run('/system script add name=job policy=read,write source="/system identity set name=changed"')
    await run('/system scheduler add name=weak interval=1m policy=read on-event=job')
    await clock.advance(minutes(1))
    const refused = router.log().at(-1)?.message
    await run('/system scheduler set weak policy=read,write')

    await clock.advance(minutes(1))

    expect(refused).toBe('(scheduler:weak) not enough permissions (9)')
    expect(router.engine.identity()).toBe('changed')
  })

  it('logs what failed with command and line', async () => {
    const { run, router, clock } = await testRouter()
    await run(
      '/system scheduler add name=bad interval=1m on-event="/ip address add address=10.0.0.1/24 interface=nope"',
    )

    await clock.advance(minutes(1))

    expect(router.log().at(-1)?.message).toBe(
      '(scheduler:bad) input does not match any value of interface (/ip/address/add; line 1)',
    )
  })

  it('keeps its entries over a reboot, counts from zero, and makes up no missed run', async () => {
    const { run, router, clock } = await testRouter({ deadTimeMs: minutes(30) })
    await run('/system scheduler add name=tick interval=10m on-event=":log info tick"')
    await clock.advance(minutes(11))
    await run('/system reboot')

    await clock.advance(minutes(31))

    expect(router.schedulers()).toMatchObject([{ name: 'tick', runCount: 0 }])
    expect(router.schedulers()[0]?.nextRunMs).toBe(Date.UTC(2026, 0, 5, 10, 50))
  })

  it('does nothing under device-mode home, and says so in an export', async () => {
    const config =
      '/system scheduler\nadd interval=1m name=old on-event=":log info x" start-date=2026-01-01 start-time=00:00:00\n'
    const { run, router, clock } = await testRouter({ config, options: { 'device-mode': 'home' } })

    await clock.advance(minutes(5))

    expect(router.schedulers()[0]?.runCount).toBe(0)
    expect(await run('/system scheduler export')).toContain('# inactivated, not allowed by device-mode\n')
  })

  it('does not trigger entries with a default start in the releases that had that fault', async () => {
    const { run, router, clock } = await testRouter({ version: '7.24.2' })
    await run('/system scheduler add name=default interval=1m on-event=":log info x"')
    await run(
      '/system scheduler add name=explicit interval=1m start-date=2026-01-05 start-time=09:00:00 on-event=":log info x"',
    )

    await clock.advance(minutes(3) + 1000)

    expect(router.schedulers().map(({ name, runCount }) => [name, runCount])).toEqual([
      ['default', 0],
      ['explicit', 3],
    ])
  })

  it('writes dates as the version does', async () => {
    const six = await testRouter({ version: '6.49.13' })
    await six.run('/system scheduler add name=a interval=1d on-event=""')

    expect(await six.run('/system scheduler export terse')).toContain('start-date=jan/05/2026')
    expect(await six.run(':put [/system clock get date]')).toBe('jan/05/2026\n')
  })
})

describe('reset and run-after-reset', () => {
  it('forgets the configuration, keeps users when told, runs the file', async () => {
    const { run, router, clock } = await testRouter({
      config: '/interface bridge\nadd name=b\n/system identity\nset name=before\n',
      deadTimeMs: 1000,
    })
    await run('/user add name=keeper group=full password=x')
    await router.files.write('new.rsc', Buffer.from(':delay 15s\n/system identity set name=after\n'))
    await run(
      '/system reset-configuration no-defaults=yes keep-users=yes skip-backup=yes run-after-reset=new.rsc',
    )

    await clock.advance(30_000)

    expect(router.engine.identity()).toBe('after')
    expect(router.inspect.items('interface bridge')).toEqual([])
    expect(router.inspect.items('user').map((user) => user.name)).toContain('keeper')
    expect(router.files.find('auto-before-reset.backup')).toBeUndefined()
  })

  it('ends a run-after-reset script that takes longer than two minutes', async () => {
    const { run, router, clock } = await testRouter({ deadTimeMs: 1000 })
    await router.files.write(
      'slow.rsc',
      Buffer.from('/system identity set name=half\n:delay 3m\n/system identity set name=whole\n'),
    )
    await run('/system reset-configuration no-defaults=yes run-after-reset=slow.rsc')

    await clock.advance(300_000)

    expect(router.engine.identity()).toBe('half')
    expect(router.log().map((line) => line.message)).toContain('runtime limit exceeded')
  })
})
