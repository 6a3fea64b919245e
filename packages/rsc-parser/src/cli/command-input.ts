import type { CommandInput } from './command.js'
import { UsageError } from './usage-error.js'

/** The words of a command, which must be of that number. `names` says what they are, for the message. */
export function expectWords(input: CommandInput, ...names: readonly string[]): readonly string[] {
  if (input.words.length !== names.length) {
    throw new UsageError(
      `expected ${names.join(' and ')}, got ${input.words.length} ${input.words.length === 1 ? 'word' : 'words'}`,
    )
  }
  return input.words
}

/** A text option; nothing when it was not given. */
export function textFlag(input: CommandInput, name: string): string | undefined {
  const value = input.flags[name]
  return typeof value === 'string' ? value : undefined
}

/** All values of an option that may be given several times. */
export function listFlag(input: CommandInput, name: string): readonly string[] {
  const value = input.flags[name]
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []
}

/** Whether a switch was given. */
export function isOn(input: CommandInput, name: string): boolean {
  return input.flags[name] === true
}

/** A text option with a fixed set of values; the first one is the default. */
export function choiceFlag<T extends string>(
  input: CommandInput,
  name: string,
  choices: readonly [T, ...T[]],
): T {
  const value = textFlag(input, name)
  if (value === undefined) return choices[0]
  const found = choices.find((choice) => choice === value)
  if (found === undefined)
    throw new UsageError(`--${name} must be one of ${choices.join(', ')}, not ${value}`)
  return found
}

/** A whole number option within bounds. */
export function numberFlag(
  input: CommandInput,
  name: string,
  least: number,
  most: number,
): number | undefined {
  const value = textFlag(input, name)
  if (value === undefined) return undefined
  const number = Number(value)
  if (!/^\d+$/.test(value) || number < least || number > most) {
    throw new UsageError(`--${name} must be a number from ${least} to ${most}, not ${value}`)
  }
  return number
}
