import type { BlockNode } from '@tod/rsc-parser'
import type { Scope } from './scope.js'
import type { ScriptSource } from './script-source.js'

/** A value of the scripting language. Strings are byte strings. */
export type ScriptValue =
  | { readonly type: 'nothing' }
  | { readonly type: 'nil' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'num'; readonly value: number }
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'time'; readonly ms: number }
  | { readonly type: 'ip'; readonly text: string }
  | { readonly type: 'ip-prefix'; readonly text: string }
  | { readonly type: 'ip6'; readonly text: string }
  | { readonly type: 'ip6-prefix'; readonly text: string }
  | { readonly type: 'id'; readonly text: string }
  | ArrayValue
  | CodeValue

/** An array: numbered and keyed elements in order. */
export interface ArrayValue {
  readonly type: 'array'
  readonly entries: ArrayEntry[]
}

/** One element; `key` only when it was given by name. */
export interface ArrayEntry {
  readonly key?: string
  value: ScriptValue
}

/** A piece of code: a `do={…}` body, a parsed script, a function. */
export interface CodeValue {
  readonly type: 'code'
  readonly source: ScriptSource
  /** Absent for a whole source. */
  readonly block?: BlockNode
  /** Variables the code sees. */
  readonly scope?: Scope
  /** How `:put` shows the result of `:parse`. */
  readonly shown?: string
}

export const NOTHING: ScriptValue = { type: 'nothing' }
export const NIL: ScriptValue = { type: 'nil' }

export const str = (value: string): ScriptValue => ({ type: 'str', value })
export const num = (value: number): ScriptValue => ({ type: 'num', value })
export const bool = (value: boolean): ScriptValue => ({ type: 'bool', value })
export const idValue = (text: string): ScriptValue => ({ type: 'id', text })
export const array = (values: readonly ScriptValue[]): ArrayValue => ({
  type: 'array',
  entries: values.map((value) => ({ value })),
})

/** The name that `:typeof` gives. */
export function typeName(value: ScriptValue): string {
  return value.type
}
