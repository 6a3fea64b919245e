/** Whether a router executes a file as soon as it was uploaded. Source: MikroTik manual, Configuration Management. */
export function runsAtOnce(name: string): boolean {
  return name.endsWith('.auto.rsc')
}
