/** A whole number from the command line. @throws TypeError that names the option */
export function readCount(option: string, text: string, least = 0): number {
  if (!/^\d+$/.test(text) || Number(text) < least) {
    throw new TypeError(`${option} takes a whole number from ${least}, not ${text}.`)
  }
  return Number(text)
}

/** A TCP port from the command line; 0 is any free one. @throws TypeError that names the option */
export function readPort(option: string, text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > 65_535) {
    throw new TypeError(`${option} takes a port from 0 to 65535, not ${text}.`)
  }
  return Number(text)
}
