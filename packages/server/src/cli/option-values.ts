import { InvalidArgumentError } from 'commander'

/** Reads a whole number within bounds, or says which are meant. */
export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= min && value <= max) return value
    throw new InvalidArgumentError(`It is a whole number from ${min} to ${max}.`)
  }

/** Reads an id; ids are compared in lower case. */
export function uuidText(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase()
  throw new InvalidArgumentError('It is a UUID.')
}

/** Reads the name or address of a host. */
export function hostText(text: string): string {
  if (/^[A-Za-z0-9._:-]{1,253}$/.test(text)) return text
  throw new InvalidArgumentError('It is a host name or an address, without a port.')
}
