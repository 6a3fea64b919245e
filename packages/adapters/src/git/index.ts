export { type FileSystem, nodeFileSystem } from './file-system.js'
export { GitRepositoryMaintenance } from './git-repository-maintenance.js'
export { IsomorphicGitStore } from './isomorphic-git-store.js'
export type { GitRootOptions } from './repository-pool.js'
