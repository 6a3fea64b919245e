// A small seeded generator (xorshift), so that a run can be repeated from its printed seed.
export function createRandom(seed) {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1
  const next = () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state
  }
  const below = (limit) => next() % limit
  return { below, pick: (list) => list[below(list.length)] }
}
