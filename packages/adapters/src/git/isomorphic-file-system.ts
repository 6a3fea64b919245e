import { join } from 'node:path'
import type { PromiseFsClient } from 'isomorphic-git'
import type { FileSystem } from './file-system.js'
import { deflateObject } from './git-object.js'
import type { ObjectDatabase } from './object-database.js'

const loosePath = /objects[\\/]([0-9a-f]{2})[\\/]([0-9a-f]{38})$/

/**
 * The file system that isomorphic-git sees. Every object looks loose to it, so that it never loads a whole pack into
 * memory; and it cannot write, because it would do so in place, where a crash leaves half a file.
 */
export function isomorphicFileSystem(
  fs: FileSystem,
  gitDirectory: string,
  objects: ObjectDatabase,
): PromiseFsClient {
  const packFolder = join(gitDirectory, 'objects', 'pack')

  const readObjectFile = async (oid: string): Promise<Buffer> => {
    const object = await objects.read(oid)
    if (object === undefined) throw failure('ENOENT', oid)
    return await deflateObject(object.type, object.body, 0)
  }
  const refuse = async (path: string): Promise<never> => {
    throw failure('EROFS', path)
  }

  const promises = {
    readFile: async (path: string, options?: { encoding?: BufferEncoding } | BufferEncoding) => {
      const match = loosePath.exec(path)
      if (match !== null) return await readObjectFile(`${match[1]}${match[2]}`)
      return await fs.readFile(path, options)
    },
    readdir: async (path: string) => (join(path) === packFolder ? [] : await fs.readdir(path)),
    stat: async (path: string) => await fs.stat(path),
    lstat: async (path: string) => await fs.lstat(path),
    writeFile: refuse,
    unlink: refuse,
    mkdir: refuse,
    rmdir: refuse,
    readlink: refuse,
    symlink: refuse,
  }
  return { promises }
}

function failure(code: string, what: string): Error {
  return Object.assign(new Error(`${code}: ${what}`), { code })
}
