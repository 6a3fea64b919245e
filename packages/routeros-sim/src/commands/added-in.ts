/** Menus, verbs and arguments that older versions lack, with the version that brought them. Source: manual; changelog. */
const ADDED: Readonly<Record<string, readonly [major: number, minor: number]>> = {
  '/safe-mode': [7, 18],
  '/file add': [7, 1],
  '/system scheduler days': [7, 20],
  'export path': [7, 13],
  'import dry-run': [7, 16],
}

/** True when a version has the menu, the verb of a menu, or the argument of a menu or verb. */
export function isIn([major, minor]: readonly [number, number], name: string): boolean {
  const [sinceMajor, sinceMinor] = ADDED[name] ?? [0, 0]
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor)
}
