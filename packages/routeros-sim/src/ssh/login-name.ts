/** A login name taken apart: `admin+cte200w` is user `admin` with wishes for the console. */
export interface LoginName {
  readonly user: string
  /** `c`: no colours. */
  readonly noColors: boolean
  /** `t`: no terminal probing at login. */
  readonly noProbing: boolean
  /** `e`: dumb terminal, the line is not repainted. */
  readonly dumb: boolean
  readonly width?: number
  readonly height?: number
}

/** Takes the `+…` suffix off a login name. A suffix that is not understood is part of the name. */
export function readLoginName(text: string): LoginName {
  const plus = text.lastIndexOf('+')
  const suffix = plus < 0 ? '' : text.slice(plus + 1)
  const plain = { user: text, noColors: false, noProbing: false, dumb: false }
  if (plus <= 0 || !/^(?:\d*[a-z])+\d*$/.test(suffix)) return plain
  const items = [...suffix.matchAll(/(\d*)([a-z])/g)].map(([, number = '', letter = '']) => ({
    number,
    letter,
  }))
  const has = (letter: string) => items.some((item) => item.letter === letter)
  const size = (letter: string) => {
    const found = items.find((item) => item.letter === letter && item.number !== '')
    return found ? Number(found.number) : undefined
  }
  const width = size('w')
  const height = size('h')
  return {
    user: text.slice(0, plus),
    noColors: has('c'),
    noProbing: has('t'),
    dumb: has('e'),
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
  }
}
