/** A row as the driver gives it: columns without a value are null. */
export type Nullable<View> = {
  readonly [Name in keyof View]-?: Exclude<View[Name], undefined> | (undefined extends View[Name] ? null : never)
}

/** Absent is undefined inside. */
export const present = <View extends object>(row: Nullable<View>): View => {
  const view: Partial<Record<string, unknown>> = {}
  for (const name in row) if (row[name as keyof View] !== null) view[name] = row[name as keyof View]
  return view as View
}

type ByKey<View> = (rows: ReadonlyArray<Nullable<View>>) => ReadonlyMap<string, View>

export const byKey = <View extends object>(keyOf: (view: View) => string): ByKey<View> => (rows) =>
  new Map(rows.map((row) => {
    const view = present(row)
    return [keyOf(view), view]
  }))
