/** The same properties, each possibly undefined. */
export type Unset<T> = { readonly [K in keyof T]?: T[K] | undefined }

/** Leaves out what is undefined: absent is absent from here on. */
export const present = <T extends object>(properties: Unset<T>): Partial<T> => {
  const given: Partial<T> = {}
  for (const name in properties) {
    const value = properties[name]
    if (value !== undefined) given[name] = value as T[typeof name]
  }
  return given
}
