import type { Probe, ProbeContext } from '../probe.js'

const after = ['/system scheduler remove [find name=tod-probe]']

async function value({ player }: ProbeContext, property: string): Promise<string> {
  const { answer } = await player.exec(`:put [/system scheduler get [find name=tod-probe] ${property}]`)
  return answer.trim()
}

/** Probes of when the scheduler runs what. */
export const schedulerProbes: readonly Probe[] = [
  {
    id: 'scheduler-first-run',
    question: 'When does a new entry with an interval run first?',
    does: 'adds the scheduler entry tod-probe (every 5 s, a log line), waits 7 s, removes it',
    assumed: 'one interval after adding, not at once',
    confidence: 'sure',
    ask: async (context) => {
      await context.player.exec(
        '/system scheduler add name=tod-probe interval=5s on-event=":log info tod-probe"',
      )
      const early = await value(context, 'run-count')
      await context.sleep(7000)
      const late = await value(context, 'run-count')
      if (early !== '0') return 'at once'
      return late === '1' ? 'one interval after adding, not at once' : `run-count ${late} after 7 s`
    },
    after,
  },
  {
    id: 'scheduler-past-start',
    question: 'What does a start in the past with an interval mean?',
    does: 'adds the scheduler entry tod-probe with a start years ago and interval 1h, reads it, removes it',
    assumed: 'it only sets the phase: not run yet, next run within the interval',
    confidence: 'sure',
    since: '7.10',
    ask: async (context) => {
      await context.player.exec(
        '/system scheduler add name=tod-probe start-date=2020-01-01 start-time=00:30:00 interval=1h on-event=":log info tod-probe"',
      )
      const runs = await value(context, 'run-count')
      const next = await value(context, 'next-run')
      const isOnGrid = / \d\d:30:00$/.test(next)
      return runs === '0' && isOnGrid
        ? 'it only sets the phase: not run yet, next run within the interval'
        : `run-count ${runs}, next-run ${next}`
    },
    after,
  },
  {
    id: 'scheduler-once',
    question: 'What is left of an entry with interval 0s after its run?',
    does: 'adds the scheduler entry tod-probe for 3 s from now, once; waits; removes it',
    assumed: 'it stays with run-count 1 and without next-run',
    confidence: 'sure',
    since: '7.10',
    ask: async (context) => {
      await context.player.exec(
        '/system scheduler add name=tod-probe start-date=[/system clock get date] start-time=([/system clock get time] + 3s) interval=0s on-event=":log info tod-probe"',
      )
      await context.sleep(6000)
      const runs = await value(context, 'run-count')
      const next = await value(context, 'next-run')
      return runs === '1' && next === ''
        ? 'it stays with run-count 1 and without next-run'
        : `run-count ${runs}, next-run ${next || 'none'}`
    },
    after,
  },
  {
    id: 'scheduler-startup-interval',
    question: 'Does start-time=startup with an interval, added on a running router, run at once?',
    does: 'adds the scheduler entry tod-probe (startup, every 10w), reads it, removes it',
    assumed: 'no',
    confidence: 'sure',
    ask: async (context) => {
      await context.player.exec(
        '/system scheduler add name=tod-probe start-time=startup interval=10w on-event=":log info tod-probe"',
      )
      await context.sleep(2000)
      return (await value(context, 'run-count')) === '0' ? 'no' : 'yes'
    },
    after,
  },
]
