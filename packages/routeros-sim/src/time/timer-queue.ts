/** One timer; equal due times run in the order of their making. */
export interface QueuedTimer {
  readonly dueMs: number
  readonly order: number
  readonly foreground: boolean
  readonly callback: () => void
}

/** Timers by due time: a binary heap with lazy removal. */
export class TimerQueue {
  private readonly heap: QueuedTimer[] = []
  private readonly live = new Set<QueuedTimer>()
  private made = 0
  private foregroundCount = 0

  /** Adds a timer and returns the function that cancels it. */
  add(dueMs: number, foreground: boolean, callback: () => void): () => void {
    const timer: QueuedTimer = { dueMs, order: this.made++, foreground, callback }
    this.live.add(timer)
    if (foreground) this.foregroundCount++
    this.heap.push(timer)
    this.siftUp(this.heap.length - 1)
    return () => this.forget(timer)
  }

  /** The earliest timer that is still wanted. */
  peek(): QueuedTimer | undefined {
    for (;;) {
      const first = this.heap[0]
      if (first === undefined || this.live.has(first)) return first
      this.dropFirst()
    }
  }

  /** Removes and returns the earliest timer. */
  take(): QueuedTimer | undefined {
    const first = this.peek()
    if (first === undefined) return undefined
    this.dropFirst()
    this.forget(first)
    return first
  }

  /** Timers that are waited for. */
  get foreground(): number {
    return this.foregroundCount
  }

  get size(): number {
    return this.live.size
  }

  private forget(timer: QueuedTimer): void {
    if (this.live.delete(timer) && timer.foreground) this.foregroundCount--
  }

  private dropFirst(): void {
    const last = this.heap.pop()
    if (last === undefined || this.heap.length === 0) return
    this.heap[0] = last
    this.siftDown(0)
  }

  private siftUp(start: number): void {
    let index = start
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.swapIfEarlier(index, parent)) return
      index = parent
    }
  }

  private siftDown(start: number): void {
    let index = start
    for (;;) {
      const left = index * 2 + 1
      const right = left + 1
      const smaller = this.isEarlier(right, left) ? right : left
      if (!this.swapIfEarlier(smaller, index)) return
      index = smaller
    }
  }

  private isEarlier(a: number, b: number): boolean {
    const first = this.heap[a]
    const second = this.heap[b]
    if (first === undefined || second === undefined) return false
    return first.dueMs < second.dueMs || (first.dueMs === second.dueMs && first.order < second.order)
  }

  private swapIfEarlier(a: number, b: number): boolean {
    const first = this.heap[a]
    const second = this.heap[b]
    if (first === undefined || second === undefined || !this.isEarlier(a, b)) return false
    this.heap[a] = second
    this.heap[b] = first
    return true
  }
}
