import { describe, expect, it } from 'vitest'

/** A port opened for one case: nothing in it from another case. */
export interface OpenedPort<Port> {
  readonly port: Port
  /** Called when the case is over, also when it failed. */
  close?(): Promise<void>
}

/** Makes a fresh port for each case. */
export type OpenPort<Opened> = () => Promise<Opened>

/** What an adapter cannot do: name of the case and the reason. A name that is no case fails the suite. */
export interface ContractOptions {
  readonly skip?: Readonly<Record<string, string>>
}

/** Cases of a contract: sentence of behaviour and the check. */
export type ContractCases<Opened> = Readonly<Record<string, (opened: Opened) => Promise<void>>>

/** Runs the cases of one port against one adapter. */
export function describeContract<Opened extends { close?(): Promise<void> }>(
  title: string,
  open: OpenPort<Opened>,
  cases: ContractCases<Opened>,
  options: ContractOptions = {},
): void {
  const skip = options.skip ?? {}
  describe(title, () => {
    for (const [name, check] of Object.entries(cases)) {
      const reason = skip[name]
      if (reason !== undefined) {
        it.skip(`${name} (${reason})`, () => {})
        continue
      }
      it(name, async () => {
        const opened = await open()
        try {
          await check(opened)
        } finally {
          await opened.close?.()
        }
      })
    }
    it('skips only cases that exist', () => {
      expect(Object.keys(skip).filter((name) => !(name in cases))).toEqual([])
    })
  })
}

/** Fails unless the work rejects with an error of ours that has this code. */
export async function expectCode(work: Promise<unknown>, code: string): Promise<void> {
  await expect(work).rejects.toMatchObject({ code })
}

/** Fails unless both hold the same bytes; much faster on large arrays than a structural comparison. */
export function expectBytes(actual: Uint8Array, expected: Uint8Array): void {
  const isEqual = actual.length === expected.length && actual.every((byte, index) => byte === expected[index])
  expect(isEqual, `${actual.length} bytes are not the ${expected.length} expected ones`).toBe(true)
}
