/** JSON as it is committed: two spaces, one newline at the end. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

export const DRAFT = 'http://json-schema.org/draft-07/schema#'
