import { afterEach, describe, expect, it } from 'vitest'
import type { Simulator, SimulatorOptions } from '../../src/simulator.js'
import { startSimulator } from '../../src/start-simulator.js'
import { VirtualClock } from '../../src/time/virtual-clock.js'
import { files, reader, SshClient } from '../support/ssh-client.js'

const running: Simulator[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()))
})

const config = `/interface bridge
add name=bridge1
/interface list
add name=LAN
/interface bridge port
add bridge=bridge1 interface=ether2
/interface list member
add interface=bridge1 list=LAN
/ip address
add address=192.0.2.1/24 interface=bridge1
add address=203.0.113.2/24 interface=ether1
/ip route
add dst-address=0.0.0.0/0 gateway=203.0.113.1
/ip firewall filter
add action=accept chain=input connection-state=established,related,untracked
add action=drop chain=input comment=outside in-interface-list=!LAN
/system identity
set name=story
`

async function start(options: SimulatorOptions = {}) {
  const clock = new VirtualClock()
  const simulator = await startSimulator({
    config,
    version: '7.16.1',
    user: 'ops',
    password: 'secret',
    clock,
    listeners: [
      { name: 'office', ingressInterface: 'ether2', sourceAddress: '192.0.2.50' },
      { name: 'internet', ingressInterface: 'ether1', sourceAddress: '198.51.100.9' },
    ],
    ...options,
  })
  running.push(simulator)
  const { router } = simulator
  return {
    clock,
    router,
    connect: (listener = 'office', more = {}) =>
      SshClient.connect(router.listener(listener).port, { username: 'ops', ...more }),
    files: async (client: SshClient) => files(await client.sftp()),
  }
}

/** Null when nobody answers within ten seconds. */
async function tryConnect(clock: VirtualClock, connect: () => Promise<SshClient>): Promise<SshClient | null> {
  const ended = new AbortController()
  const late = clock.sleep(10_000, { signal: ended.signal }).then(
    () => null,
    () => null,
  )
  const attempt = connect().catch(() => null)
  const first = await Promise.race([attempt, late])
  ended.abort()
  return first
}

const guard =
  '/system scheduler add name=guard start-date=[/system clock get date] start-time=[/system clock get time] ' +
  'interval=2m policy=ftp,reboot,read,write,policy,test,password,sensitive ' +
  'on-event="/system backup load name=before password=\\"\\""'

describe('getting in', () => {
  it('depends on the side one comes from', async () => {
    const { clock, connect } = await start()

    const inside = await tryConnect(clock, () => connect('office'))
    const outside = await tryConnect(clock, () => connect('internet'))

    expect([inside === null, outside === null]).toEqual([false, true])
    inside?.end()
  })

  it('keeps an open session alive through a rule that locks everybody new out', async () => {
    const { clock, connect } = await start()
    const before = await connect()

    await before.exec('/ip firewall filter add chain=input action=drop place-before=1')
    const after = await tryConnect(clock, connect)
    const alive = await before.exec(':put "still here"')
    before.end()

    expect(after).toBeNull()
    expect(alive.stdout).toBe('still here\r\n')
  })

  it('silences even the open session when its address goes away', async () => {
    const { clock, connect, router } = await start()
    const client = await connect()

    client.exec('/ip address remove [find interface=bridge1]').catch(() => {})
    await clock.advance(1000)

    expect(router.connections()[0]?.stalled).toBeDefined()
    client.client.destroy()
  })

  it('is refused, not ignored, by a service that is off', async () => {
    const { connect } = await start()
    const client = await connect()
    await client.exec('/ip service set ssh disabled=yes')

    await expect(connect()).rejects.toThrow(/ECONNRESET|closed/)
    client.end()
  })

  it('takes a key, and then no password any more', async () => {
    const { connect, files } = await start()
    const { utils } = (await import('ssh2')).default
    const pair = utils.generateKeyPairSync('ed25519')
    const client = await connect()
    await (await files(client)).put('key.pub', pair.public)
    await client.exec('/user ssh-keys import user=ops public-key-file=key.pub')
    client.end()

    const byKey = await connect('office', { password: undefined, privateKey: pair.private })
    byKey.end()

    await expect(connect()).rejects.toThrow(/authentication/)
  })
})

describe('a guard', () => {
  it('brings the old configuration back after its time, over a dead time, and is gone itself', async () => {
    const { clock, connect, router } = await start({ deadTimeMs: 60_000 })
    const before = router.significantText()
    const client = await connect()
    await client.exec('/system backup save name=before dont-encrypt=yes')
    await client.exec(guard)
    const armed = router.schedulers().map(({ name, runCount }) => [name, runCount])

    client.exec('/ip address remove [find interface=bridge1]').catch(() => {})
    await clock.advance(30_000)
    const lockedOut = await tryConnect(clock, connect)
    await clock.advance(90_000)
    const inDeadTime = await tryConnect(clock, connect)
    await clock.advance(60_000)
    const back = await tryConnect(clock, connect)

    expect(armed).toEqual([['guard', 0]])
    expect([lockedOut, inDeadTime, back === null]).toEqual([null, null, false])
    expect(router.significantText()).toBe(before)
    expect(router.schedulers()).toEqual([])
    expect(router.boots).toBe(1)
    back?.end()
    client.client.destroy()
  })

  it('never fires once it was removed in time', async () => {
    const { clock, connect, router } = await start()
    const client = await connect()
    await client.exec('/system backup save name=before dont-encrypt=yes')
    await client.exec(guard)
    await clock.advance(119_000)

    await client.exec('/system scheduler remove [find name=guard]')
    await clock.advance(3_600_000)

    expect(router.boots).toBe(0)
    client.end()
  })

  it('fires late when the clock was set back, and early when it jumped ahead', async () => {
    const late = await start({ faults: ['clock-jump:-3600@after=60s'] })
    const early = await start({ faults: ['clock-jump:+3600@after=60s'] })
    const boots: number[][] = []
    for (const { connect, clock, router } of [late, early]) {
      const client = await connect()
      await client.exec('/system backup save name=before dont-encrypt=yes')
      await client.exec(guard)
      await clock.advance(65_000)
      const soon = router.boots + (router.isUp ? 0 : 1)
      await clock.advance(300_000)
      boots.push([soon, router.boots])
      client.client.destroy()
    }

    expect(boots).toEqual([
      [0, 0],
      [1, 1],
    ])
  })

  it('is refused where device-mode forbids the scheduler', async () => {
    const { connect, router } = await start({ faults: ['refuse-guard'] })
    const client = await connect()

    const answer = await client.exec(guard)
    client.end()

    expect(answer.stdout).toBe('failure: not allowed by device-mode\r\n')
    expect(router.schedulers()).toEqual([])
  })
})

describe('an import', () => {
  it('stops at the line a fault names and keeps what came before', async () => {
    const { connect, files, router } = await start({ faults: ['fail-import@line=3'] })
    const client = await connect()
    await (await files(client)).put(
      'plan.rsc',
      '/ip firewall address-list\nadd address=198.51.100.1 list=a\nadd address=198.51.100.2 list=a\n',
    )

    const answer = await client.exec('/import file-name=plan.rsc')
    client.end()

    expect(answer.stdout).toContain('timeout')
    expect(answer.stdout).not.toContain('successfully')
    expect(router.inspect.items('ip firewall address-list').map((item) => item.address)).toEqual([
      '198.51.100.1',
    ])
  })

  it('goes on as a detached job after its own line is cut', async () => {
    const { connect, files, clock, router } = await start()
    const client = await connect()
    await (await files(client)).put(
      'plan.rsc',
      '/ip service set ssh disabled=yes\n:delay 5s\n/system identity set name=later\n/ip service set ssh disabled=no\n',
    )

    await client.exec(':execute script="/import file-name=plan.rsc"')
    client.client.destroy()
    await clock.advance(10_000)

    expect(router.exportText()).toContain('name=later')
    ;(await connect()).end()
  })

  it('is broken off by a power cut, with what was done before kept', async () => {
    const { connect, files, clock, router } = await start({ faults: ['kill@import-line,line=3'] })
    const client = await connect()
    await (await files(client)).put(
      'plan.rsc',
      '/ip firewall address-list\nadd address=198.51.100.1 list=a\nadd address=198.51.100.2 list=a\n',
    )

    client.exec('/import file-name=plan.rsc').catch(() => {})
    await clock.advance(120_000)

    expect(router.boots).toBe(1)
    expect(router.inspect.items('ip firewall address-list').length).toBe(1)
    client.client.destroy()
  })
})

describe('files and restarts', () => {
  it('runs an uploaded *.auto.rsc at once and leaves its log', async () => {
    const { connect, files, clock, router } = await start()
    const client = await connect()

    await (await files(client)).put('site.auto.rsc', '/system identity set name=auto\n')
    await clock.advance(1000)
    client.end()

    expect(router.exportText()).toContain('name=auto')
    expect(router.fileList().map((file) => file.name)).toContain('site.auto.log')
  })

  it('forgets what lay in the RAM disk', async () => {
    const { connect, files, clock, router } = await start({ files: { layout: 'ram-root' } })
    const client = await connect()
    const store = await files(client)
    await store.put('gone.rsc', 'x')
    await store.put('flash/kept.rsc', 'x')

    await client.exec('/system reboot')
    await clock.advance(120_000)

    expect(router.fileList().map((file) => file.name)).toEqual(['flash', 'flash/kept.rsc'])
  })

  it('resets to nothing, keeps accounts when asked, and runs the script for after it', async () => {
    const { connect, files, clock, router } = await start({ listeners: [{ name: 'office' }] })
    const client = await connect()
    await (await files(client)).put('after.rsc', '/system identity set name=fresh\n')

    await client.exec(
      '/system reset-configuration no-defaults=yes keep-users=yes skip-backup=yes run-after-reset=after.rsc',
    )
    await clock.advance(180_000)
    const again = await connect()
    again.end()

    expect(router.exportText()).toContain('set name=fresh')
    expect(router.inspect.items('ip firewall filter')).toEqual([])
  })

  it('runs startup entries at each boot, with the clock in 1970 where there is no battery', async () => {
    const { connect, clock, router } = await start({ wallClock: { keepsTimeOverReboot: false } })
    const client = await connect()
    await client.exec(
      '/system scheduler add name=boot start-time=startup interval=0s on-event=":log warning [/system clock get date]"',
    )

    await client.exec('/system reboot')
    await clock.advance(120_000)

    expect(router.log().map((line) => line.message)).toContain('1970-01-02')
  })
})

describe('two people on one router', () => {
  it('undoes under safe mode when the link breaks, the other session included', async () => {
    const { connect, clock, router } = await start()
    const before = router.significantText()
    const careful = await connect('office', { username: 'ops+cte' })
    const other = await connect()
    const channel = await careful.shell()
    const screen = reader(channel)
    await screen.until('> ')

    channel.write('\x18')
    await screen.until('<SAFE> ')
    channel.write('/system identity set name=mine\r')
    await screen.until(/\[ops@mine\] <SAFE> $/)
    await other.exec('/ip firewall address-list add list=theirs address=198.51.100.77')
    careful.client.destroy()
    await clock.advance(5000)

    expect(router.significantText()).toBe(before)
    other.end()
  })

  it('lets the second one take safe mode over and tells the first', async () => {
    const { connect, router } = await start()
    const first = await connect('office', { username: 'ops+cte' })
    const second = await connect('office', { username: 'ops+cte' })
    const firstChannel = await first.shell()
    const secondChannel = await second.shell()
    const firstScreen = reader(firstChannel)
    const secondScreen = reader(secondChannel)
    await firstScreen.until('> ')
    await secondScreen.until('> ')

    firstChannel.write('\x18')
    await firstScreen.until('<SAFE> ')
    firstChannel.write('/system identity set name=first\r')
    await firstScreen.until(/<SAFE> $/)
    secondChannel.write('\x18')
    await secondScreen.until('[u/r/d]: ')
    secondChannel.write('u')
    await secondScreen.until('<SAFE> ')
    await firstScreen.until('[Safe mode released by another user]')
    first.end()
    second.end()

    expect(router.exportText()).toContain('name=story')
  })
})
