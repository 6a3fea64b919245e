import { testIds, testScope } from '@tod/core/testing'
import { describe, expect, it } from 'vitest'
import { InProcessEvents, type OperationEvent } from '../../src/index.js'

const event: OperationEvent = {
  type: 'backup',
  tenantId: testIds.tenantA,
  deviceId: testIds.device1,
  runId: 'r',
  trigger: 'manual',
  outcome: 'succeeded',
  at: 1,
}

describe('events in a process', () => {
  it('reach the listeners of their tenant only, until they leave', () => {
    const events = new InProcessEvents()
    const own: OperationEvent[] = []
    const other: OperationEvent[] = []
    const leave = events.subscribe(testScope(), (seen) => own.push(seen))
    events.subscribe(testScope(testIds.tenantB), (seen) => other.push(seen))

    events.publish(testScope(), event)
    leave()
    events.publish(testScope(), event)

    expect(own).toEqual([event])
    expect(other).toEqual([])
  })

  it('reach the others when one listener throws', () => {
    const events = new InProcessEvents()
    const seen: OperationEvent[] = []
    events.subscribe(testScope(), () => {
      throw new Error('listener failed')
    })
    events.subscribe(testScope(), (one) => seen.push(one))

    events.publish(testScope(), event)

    expect(seen).toEqual([event])
  })
})
