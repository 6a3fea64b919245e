import type { Probe, ProbeContext } from '../probe.js'

const after = ['/interface bridge remove [find name~"^tod-probe"]', '/file remove [find name~"^tod-probe"]']

async function importAndList(
  { player }: ProbeContext,
  script: string,
): Promise<{ answer: string; bridges: string }> {
  await player.upload('tod-probe.rsc', script)
  const { answer } = await player.exec('/import file-name=tod-probe.rsc')
  const names = await player.exec(
    ':foreach b in=[/interface bridge find name~"^tod-probe"] do={:put [/interface bridge get $b name]}',
  )
  return { answer, bridges: names.answer.trim().split('\n').filter(Boolean).sort().join(',') }
}

/** Probes of imports and of what they leave behind. */
export const importProbes: readonly Probe[] = [
  {
    id: 'import-stops-at-failure',
    question: 'What is there after an import whose third line fails?',
    does: 'imports a script that adds bridges tod-probe-1, tod-probe-1 again, tod-probe-2; removes them',
    assumed: 'tod-probe-1 only',
    confidence: 'sure',
    ask: async (context) => {
      const script = '/interface bridge\nadd name=tod-probe-1\nadd name=tod-probe-1\nadd name=tod-probe-2\n'
      const { bridges } = await importAndList(context, script)
      return bridges === 'tod-probe-1' ? 'tod-probe-1 only' : bridges === '' ? 'nothing' : bridges
    },
    after,
  },
  {
    id: 'import-late-syntax-error',
    question: 'What is there after an import with a syntax error in its last line?',
    does: 'imports a script that adds the bridge tod-probe-1 and then does not parse; removes the bridge',
    assumed: 'the lines before the error',
    confidence: 'unsure',
    ask: async (context) => {
      const { bridges } = await importAndList(
        context,
        '/interface bridge\nadd name=tod-probe-1\nadd name="open\n',
      )
      return bridges === 'tod-probe-1' ? 'the lines before the error' : 'nothing'
    },
    after,
  },
  {
    id: 'import-with-crlf',
    question: 'Does an import take CRLF line ends?',
    does: 'imports a script with CRLF line ends that adds the bridge tod-probe-1; removes it',
    assumed: 'yes',
    confidence: 'likely',
    ask: async (context) => {
      const { bridges } = await importAndList(context, '/interface bridge\r\nadd name=tod-probe-1\r\n')
      return bridges === 'tod-probe-1' ? 'yes' : `no (${bridges})`
    },
    after,
  },
]
