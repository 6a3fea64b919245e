import { readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { PromiseFsClient } from 'isomorphic-git'
import { removeFile, writeFileDurably } from './durable-file.js'
import type { FileSystem } from './file-system.js'
import { deflateObject } from './git-object.js'
import type { ObjectDatabase } from './object-database.js'

const loosePath = /objects[\\/]([0-9a-f]{2})[\\/]([0-9a-f]{38})$/

/**
 * The file system that isomorphic-git sees. Two things differ from the disk: what it writes is durable and
 * atomic, and every object looks loose, so that it never loads a whole pack into memory.
 */
export function isomorphicFileSystem(
  fs: FileSystem,
  gitDirectory: string,
  objects: ObjectDatabase,
): PromiseFsClient {
  const packFolder = join(gitDirectory, 'objects', 'pack')

  const readObjectFile = async (oid: string): Promise<Buffer> => {
    const object = await objects.read(oid)
    if (object === undefined) throw missing(oid)
    return await deflateObject(object.type, object.body, 0)
  }

  const promises = {
    readFile: async (path: string, options?: { encoding?: BufferEncoding } | BufferEncoding) => {
      const match = loosePath.exec(path)
      if (match !== null) return await readObjectFile(`${match[1]}${match[2]}`)
      return await readFile(path, options)
    },
    writeFile: async (path: string, content: Uint8Array | string) => {
      await writeFileDurably(fs, path, typeof content === 'string' ? Buffer.from(content) : content)
    },
    readdir: async (path: string) =>
      path.split(/[\\/]/).join(sep) === packFolder ? [] : await fs.readdir(path),
    unlink: async (path: string) => {
      await removeFile(fs, path)
    },
    mkdir: async (path: string) => await fs.mkdir(path),
    rmdir: async (path: string) => await fs.rmdir(path),
    stat: async (path: string) => await fs.stat(path),
    lstat: async (path: string) => await fs.lstat(path),
    readlink: async (path: string) => {
      throw missing(path)
    },
    symlink: async (path: string) => {
      throw missing(path)
    },
  }
  return { promises }
}

function missing(what: string): Error {
  return Object.assign(new Error(`ENOENT: ${what}`), { code: 'ENOENT' })
}
