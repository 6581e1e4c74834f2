import * as E from 'fp-ts/lib/Either.js'

/** An origin as browsers send it: scheme, host, and the port where it is not the scheme's own. */
export const parseOrigin = (text: string): E.Either<string, string> =>
  (URL.canParse(text) && new URL(text).origin === text ? E.right(text) : E.left('invalid_origin'))
