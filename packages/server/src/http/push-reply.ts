import { randomUUID } from 'node:crypto'
import type { OperationEvents, TenantScope } from '@tod/core'
import type { Reply } from './route.js'

export interface PushReplyOptions {
  readonly scope: TenantScope
  readonly events: OperationEvents
  readonly basePath: string
  /** Answer `202` as soon as the operation is on record, in place of waiting for its end. */
  readonly respondAsync: boolean
  readonly run: (operationId: string) => Promise<unknown>
  /** Told when an operation that nobody waits for ended with an error; its journal says the same. */
  readonly onLateError: (error: unknown) => void
}

/** Runs a push and answers with its report, or with the address at which it can be followed. */
export async function pushReply(options: PushReplyOptions): Promise<Reply> {
  const { scope, events, basePath, respondAsync, run, onLateError } = options
  const operationId = randomUUID()
  if (!respondAsync) return { status: 200, json: await run(operationId) }
  const href = `${basePath}/operations/${operationId}`
  const accepted: Reply = {
    status: 202,
    json: { operation_id: operationId, href },
    headers: { Location: href, 'Preference-Applied': 'respond-async' },
  }
  return new Promise((resolve, reject) => {
    const unsubscribe = events.subscribe(scope, (event) => {
      if (event.type === 'push' && event.operationId === operationId) isOnRecord()
    })
    let isAnswered = false
    const isOnRecord = () => {
      isAnswered = true
      unsubscribe()
      resolve(accepted)
    }
    run(operationId).then(isOnRecord, (error: unknown) => {
      unsubscribe()
      if (isAnswered) onLateError(error)
      else reject(error)
    })
  })
}
