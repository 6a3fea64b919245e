import { describeJobQueueContract, FakeClock } from '@tod/core/testing'
import { InProcessQueue } from '../../src/index.js'

describeJobQueueContract('InProcessQueue', async () => {
  const clock = new FakeClock()
  return { port: new InProcessQueue(clock), advance: (ms) => clock.advance(ms) }
})
