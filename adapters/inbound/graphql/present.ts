type Given<T> = { [K in keyof T]?: NonNullable<T[K]> }

/** GraphQL's null and undefined both mean: not given. */
export const present = <T extends object>(input: T): Given<T> => {
  const given: Given<T> = {}
  for (const name in input) {
    const value = input[name]
    if (value !== null && value !== undefined) given[name] = value
  }
  return given
}
