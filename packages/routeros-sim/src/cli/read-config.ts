import { readFile } from 'node:fs/promises'

/** Reads a file of RouterOS text, a byte a character. @throws TypeError that names the file */
export async function readConfig(path: string): Promise<string> {
  let text: string
  try {
    text = await readFile(path, 'latin1')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error'
    throw new TypeError(`Cannot read ${path}: ${code === 'ENOENT' ? 'no such file' : code}.`, { cause })
  }
  // By its byte order mark: as it stands it would be a router without any configuration.
  if (/^(\xff\xfe|\xfe\xff)/.test(text))
    throw new TypeError(`Cannot read ${path}: it is UTF-16; save it as UTF-8.`)
  return text
}
