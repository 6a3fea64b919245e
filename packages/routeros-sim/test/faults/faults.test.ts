import { afterEach, describe, expect, it } from 'vitest'
import { FaultPlan } from '../../src/faults/fault-plan.js'
import { parseFault } from '../../src/faults/parse-fault.js'
import { type Simulator, type SimulatorOptions, startRouters } from '../../src/simulator.js'
import { VirtualClock } from '../../src/time/virtual-clock.js'
import { files, SshClient } from '../support/ssh-client.js'
import { tinyEngines } from '../support/tiny-engine.js'

const running: Simulator[] = []

async function start(faults: string[], options: SimulatorOptions = {}) {
  const engines = tinyEngines()
  const clock = new VirtualClock()
  const simulator = await startRouters(engines.prepare, { clock, faults, ...options })
  running.push(simulator)
  const [engine] = engines.made
  if (engine === undefined) throw new Error('no engine')
  return { router: simulator.router, port: simulator.router.port, engine, clock }
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()))
})

describe('naming a fault', () => {
  it('reads name, value, trigger and parts', () => {
    expect(parseFault('drop@output,match=/export,byte=4096')).toEqual({
      name: 'drop',
      on: 'output',
      match: '/export',
      byte: 4096,
    })
    expect(parseFault('clock-jump:+3600@after=60s')).toEqual({
      name: 'clock-jump',
      value: '+3600',
      afterMs: 60_000,
    })
    expect(parseFault('refuse-login@nth=2,times=always')).toEqual({
      name: 'refuse-login',
      nth: 2,
      times: Number.POSITIVE_INFINITY,
    })
  })

  it('says what is wrong with a name or part it does not know', () => {
    expect(() => parseFault('explode')).toThrow('No such fault: explode')
    expect(() => parseFault('drop@never')).toThrow('No such trigger: never')
    expect(() => parseFault('drop@when=3')).toThrow('No such part of a fault: when')
  })

  it.each([
    ['drop:5', 'drop takes no value, not 5.'],
    ['slow-export:soon', 'slow-export takes a duration (20s, 5m), not soon.'],
    ['slow-export:-5s', 'slow-export takes a duration'],
    ['disk-full:lots', 'disk-full takes a number of bytes, not lots.'],
    ['clock-jump:later', 'clock-jump takes seconds or a duration'],
    ['time-zone-step:Mars/Base', 'time-zone-step takes minutes from UTC (+60) or a time zone (Europe/Riga)'],
    ['drop@byte=x', 'byte= of drop takes a whole number'],
    ['drop@match=(', 'match= of drop is no regular expression: ('],
  ])('refuses %s before anything starts', (fault, message) => {
    expect(() => new FaultPlan([parseFault(fault)], 1)).toThrow(message)
  })

  it.each(['clock-jump:-2h', 'clock-jump:+3600', 'time-zone-step:-840', 'time-zone-step:Europe/Riga'])(
    'takes %s',
    (fault) => {
      expect(() => new FaultPlan([parseFault(fault)], 1)).not.toThrow()
    },
  )

  it('draws the same random byte from the same seed', () => {
    const draw = (seed: number) => {
      const plan = new FaultPlan([parseFault('drop@byte=~100000')], seed)
      return plan.take({ on: 'output', bytes: { from: 0, to: 100_000 } })[0]?.byte
    }

    expect(draw(7)).toBe(draw(7))
    expect(draw(7)).not.toBe(draw(8))
  })
})

describe('a fault strikes', () => {
  it('drop: the connection breaks at that byte of that output', async () => {
    const { port } = await start(['drop@match=flood,byte=2500'])
    const client = await SshClient.connect(port)

    const gone = client.closed()
    const answer = await client.exec('flood 10000')
    await gone

    expect(answer.stdout.length).toBeLessThanOrEqual(2500)
    expect(answer.status).toBeUndefined()
  })

  it('drop after the command: it has run, but the answer is lost', async () => {
    const { port, engine } = await start(['drop@command-end,match=save'])
    const client = await SshClient.connect(port)

    const gone = client.closed()
    await client.exec('save x')
    await gone

    expect(engine.events).toContain('ran save x')
  })

  it('stall: the second command is never answered and the connection stays', async () => {
    const { port, router, clock } = await start(['stall@nth=2'])
    const client = await SshClient.connect(port)
    await client.exec('say one')
    let isAnswered = false

    client.exec('say two').then(() => {
      isAnswered = true
    })
    await clock.advance(120_000)

    expect([isAnswered, router.connections()[0]?.stalled]).toEqual([false, 'fault'])
    client.client.destroy()
  })

  it('half-open: the router has forgotten the session while the client sees nothing', async () => {
    const { port, engine, clock } = await start(['half-open@match=wait'])
    const client = await SshClient.connect(port)
    let isClosed = false
    client.closed().then(() => {
      isClosed = true
    })

    client.exec('wait 5').catch(() => {})
    await clock.advance(60_000)

    expect([isClosed, engine.events.at(-1)]).toEqual([false, 'closed exec abnormal'])
    client.client.destroy()
  })

  it('kill: power goes in mid-command, and comes back after the dead time', async () => {
    const { port, router, clock, engine } = await start(['kill@match=save'], { deadTimeMs: 20_000 })
    const client = await SshClient.connect(port)
    const gone = client.closed()

    client.exec('save x').catch(() => {})
    await clock.advance(1000)
    const isUp = router.isUp
    await clock.advance(20_000)
    await gone

    expect([isUp, router.isUp, router.boots]).toEqual([false, true, 1])
    expect(engine.events).toContain('boot power')
  })

  it('truncate-export: the text ends at that byte and the channel ends as if all were well', async () => {
    const { port } = await start(['truncate-export@byte=3000'])
    const client = await SshClient.connect(port)

    const answer = await client.exec('/export 10000')
    client.end()

    expect([answer.stdout.length, answer.status]).toEqual([3000, 0])
  })

  it('interrupt-export: the cut is marked as a router marks it', async () => {
    const { port } = await start(['interrupt-export@byte=3000'])
    const client = await SshClient.connect(port)

    const answer = await client.exec('/export 10000')
    client.end()

    expect(answer.stdout).toMatch(/x\r\n#interrupted\r\n$/)
  })

  it('slow-export: the export takes that long', async () => {
    const { port, clock } = await start(['slow-export:45s@match=/export'])
    const client = await SshClient.connect(port)

    await client.exec('/export 100')
    client.end()

    expect(clock.monotonicMs()).toBe(45_000)
  })

  it('refuse-login: from the second login on the right password is wrong', async () => {
    const { port } = await start(['refuse-login@nth=2,times=always'])
    const first = await SshClient.connect(port)
    first.end()

    await expect(SshClient.connect(port)).rejects.toThrow(/authentication/)
    await expect(SshClient.connect(port)).rejects.toThrow(/authentication/)
  })

  it('any fault with since=: it sleeps until that command', async () => {
    const { port } = await start(['refuse-login@since=^save,times=always'])
    for (let round = 0; round < 2; round++) (await SshClient.connect(port)).end()
    const client = await SshClient.connect(port)

    await client.exec('save plan')
    client.end()

    await expect(SshClient.connect(port)).rejects.toThrow(/authentication/)
  })

  it('change-host-key: the second connection sees another key', async () => {
    const { port } = await start(['change-host-key@nth=2'], { ssh: { hostKeyType: 'ed25519' } })
    const seen: string[] = []
    const hostVerifier = (key: Buffer) => {
      seen.push(key.toString('base64'))
      return true
    }

    for (let round = 0; round < 3; round++) (await SshClient.connect(port, { hostVerifier })).end()

    expect(seen[0]).not.toBe(seen[1])
    expect(seen[1]).toBe(seen[2])
  })

  it('disk-full: nothing more fits from that command on', async () => {
    const { port } = await start(['disk-full@match=^say'])
    const client = await SshClient.connect(port)
    const sftp = files(await client.sftp())
    await sftp.put('before.rsc', 'fits')

    await client.exec('say now')
    await expect(sftp.put('after.rsc', 'does not')).rejects.toThrow(/no space/)
    client.end()
  })

  it('clock-jump and time-zone-step: local time steps, uptime does not', async () => {
    const { router, clock } = await start(['clock-jump:-3600@after=10s', 'time-zone-step:+840@after=20s'])
    const before = router.clock.localMs()

    await clock.advance(15_000)
    const jumped = router.clock.localMs() - before
    await clock.advance(15_000)
    const stepped = router.clock.localMs() - before

    expect([jumped, stepped, router.clock.uptimeMs()]).toEqual([
      15_000 - 3_600_000,
      30_000 - 3_600_000 + 50_400_000,
      30_000,
    ])
  })

  it('reboot-loop: it comes up and goes down again as often as said', async () => {
    const { router, clock } = await start(['reboot@after=1s', 'reboot-loop:3s@times=2'], {
      deadTimeMs: 10_000,
    })

    await clock.advance(120_000)

    expect([router.boots, router.isUp]).toEqual([3, true])
  })

  it('forget-time: after a reboot it is 1970', async () => {
    const { router, clock } = await start(['reboot@after=1s', 'forget-time'], { deadTimeMs: 10_000 })

    await clock.advance(20_000)

    expect(new Date(router.clock.localMs()).getUTCFullYear()).toBe(1970)
  })
})
