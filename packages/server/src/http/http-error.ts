/** One refused value of a request: where it stands, what is wrong with it. The shape is the contract's. */
export interface InvalidValue {
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly type: string
}

/** An answer other than success that the HTTP layer itself decides; services throw `CoreError` instead. */
export class HttpError extends Error {
  override readonly name = 'HttpError'

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string | readonly InvalidValue[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(typeof detail === 'string' ? detail : 'The request is not valid.')
  }
}

export const notAuthenticated = (detail = 'Not authenticated'): HttpError =>
  new HttpError(401, 'NOT_AUTHENTICATED', detail, { 'WWW-Authenticate': 'Bearer' })

export const invalidRequest = (values: readonly InvalidValue[]): HttpError =>
  new HttpError(422, 'REQUEST_INVALID', values)
