import { afterEach, describe, expect, it } from 'vitest'
import { planConformance, runConformance } from '../../src/conformance/run-conformance.js'
import type { Simulator, SimulatorOptions } from '../../src/simulator.js'
import { startSimulator } from '../../src/start-simulator.js'
import { VirtualClock } from '../../src/time/virtual-clock.js'

const running: Simulator[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()))
})

const config = '/interface bridge\nadd name=lan\n/ip address\nadd address=192.0.2.129/25 interface=lan\n'

async function compare(options: SimulatorOptions) {
  const clock = new VirtualClock()
  const simulator = await startSimulator({ config, user: 'probe', password: 'secret', clock, ...options })
  running.push(simulator)
  const { router } = simulator
  const before = router.significantText()
  const target = { host: '127.0.0.1', port: router.port, user: 'probe', password: 'secret' }
  const report = await runConformance(target, (ms) => clock.sleep(ms))
  const left = { text: router.significantText(), files: router.fileList(), before }
  return {
    report,
    left,
    odd: report.results.filter((result) => !['same', 'skipped'].includes(result.outcome)),
  }
}

describe('the conformance kit', () => {
  for (const version of ['7.16.1', '7.20.8', '7.24.5', '6.49.13']) {
    it(`finds no difference on the simulator as ${version}, and leaves nothing behind`, async () => {
      const { odd, left, report } = await compare({ version })

      expect(odd).toEqual([])
      expect(report.results.filter((result) => result.outcome === 'same').length).toBeGreaterThan(25)
      expect(left.text).toBe(left.before)
      expect(left.files).toEqual([])
    })
  }

  it('reports what a router does otherwise, and only that', async () => {
    const { odd } = await compare({ version: '7.16.1', options: { 'import-parse': 'whole-file' } })

    expect(odd.map((result) => [result.id, result.outcome])).toEqual([
      ['import-late-syntax-error', 'differs'],
    ])
    expect(odd[0]?.details[0]).toContain('got:     nothing')
  })

  it('sees the scheduler regression of 7.24.4', async () => {
    const { odd } = await compare({ version: '7.24.4' })

    expect(odd.map((result) => result.id)).toContain('scheduler-first-run')
  })

  it('lists everything it would do, and restarts, resets or reconfigures nothing', () => {
    const plan = planConformance()
    const text = plan.map((action) => action.does).join('\n')

    expect(plan.length).toBeGreaterThan(40)
    expect(text).not.toMatch(
      /\/system (?:reboot|reset-configuration)|backup load name=(?!tod-probe-absent)|\/user (?!group)|\/ip service set/,
    )
  })
})
