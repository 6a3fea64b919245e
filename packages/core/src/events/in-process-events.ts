import { assertTenantScope, type TenantScope } from '../access/tenant-scope.js'
import type { OperationEvent, OperationEvents } from '../ports/operation-events.js'

/** Events within one process. The default of `createTod`. */
export class InProcessEvents implements OperationEvents {
  private readonly listeners = new Map<string, Set<(event: OperationEvent) => void>>()

  publish(scope: TenantScope, event: OperationEvent): void {
    assertTenantScope(scope)
    for (const listener of this.listeners.get(scope.tenantId) ?? []) {
      try {
        listener(event)
      } catch {
        // A listener's fault is the listener's: nothing is decided by events.
      }
    }
  }

  subscribe(scope: TenantScope, listener: (event: OperationEvent) => void): () => void {
    assertTenantScope(scope)
    const own = this.listeners.get(scope.tenantId) ?? new Set()
    const entry = (event: OperationEvent) => listener(event)
    own.add(entry)
    this.listeners.set(scope.tenantId, own)
    return () => own.delete(entry)
  }
}
