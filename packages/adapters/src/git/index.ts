export { type FileSystem, nodeFileSystem } from './file-system.js'
export { IsomorphicGitStore, type IsomorphicGitStoreOptions } from './isomorphic-git-store.js'
