import { readFile } from 'node:fs/promises'

/** Reads a file of RouterOS text, a byte a character. @throws TypeError that names the file */
export async function readConfig(path: string): Promise<string> {
  try {
    return await readFile(path, 'latin1')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error'
    throw new TypeError(`Cannot read ${path}: ${code === 'ENOENT' ? 'no such file' : code}.`, { cause })
  }
}
