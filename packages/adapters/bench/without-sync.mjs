/** A disk that is never forced: for measurements that are not about writing. */
export function withoutSync(disk) {
  return {
    ...disk,
    open: async (...args) => {
      const handle = await disk.open(...args)
      handle.sync = async () => undefined
      return handle
    },
  }
}
