/**
 * A canonical menu path: a leading slash, words separated by one blank, such as `/ip firewall filter`.
 * The root menu is `/`.
 */
export type MenuPath = string

/** The canonical form of a path written with blanks, slashes or both. */
export function canonicalMenuPath(written: string): MenuPath {
  const words = written.split(/[\s/]+/).filter((word) => word !== '')
  return words.length === 0 ? '/' : `/${words.join(' ')}`
}

/** The words of a canonical path; none for the root. */
export function menuPathWords(path: MenuPath): readonly string[] {
  return path === '/' ? [] : path.slice(1).split(' ')
}

/** The menu above; the root is above itself. */
export function parentMenu(path: MenuPath): MenuPath {
  const cut = path.lastIndexOf(' ')
  return cut < 0 ? '/' : path.slice(0, cut)
}
