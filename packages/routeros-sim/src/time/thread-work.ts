import { createHook } from 'node:async_hooks'

/** Work on Node's threads that ends with one callback. Compression is told by its handle instead. */
const oneShot =
  /^(?:SCRYPT|PBKDF2|RANDOMBYTES|RANDOMPRIME|CHECKPRIME|KEYPAIRGEN|KEYGEN|KEYEXPORT|SIGN|VERIFY|HASH|CIPHER|DERIVEBITS|HKDF)REQUEST$/

const pendingJobs = new Map<number, WeakRef<object>>()
const compressors = new Map<number, WeakRef<object>>()
let isWatching = false

/** Starts to count work on threads from now on; Node tells of it by no other means. */
export function watchThreadWork(): void {
  if (isWatching) return
  isWatching = true
  createHook({
    init(id, type, _trigger, resource) {
      if (type === 'ZLIB') compressors.set(id, new WeakRef(resource))
      else if (oneShot.test(type)) pendingJobs.set(id, new WeakRef(resource))
    },
    before(id) {
      pendingJobs.delete(id)
    },
    // No `destroy`: it would make every promise of the process ten times as dear.
  }).enable()
}

/** True while a thread compresses, derives a key, signs or draws random bytes for this process. */
export function hasThreadWork(): boolean {
  for (const [id, reference] of pendingJobs) {
    const job = reference.deref()
    // Jobs done at once, without a thread, never get a callback.
    if (job !== undefined && Reflect.get(job, 'ondone') !== undefined) return true
    pendingJobs.delete(id)
  }
  for (const [id, reference] of compressors) {
    const handle = reference.deref()
    if (handle === undefined) compressors.delete(id)
    // The handle holds its input from the start of a write to its end.
    else if (Reflect.get(handle, 'buffer')) return true
  }
  return false
}
