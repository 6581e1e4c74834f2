import type { OpenReads, Reads } from '../../../application/ports/finders.ts'

type Told = (call: string) => void

/** Calls of a finder are told; what loaders take hold of while they are made does not count. */
const telling = <Finder extends object>(name: string, finder: Finder, told: Told): Finder => new Proxy(finder, {
  get: (target, method, receiver) => {
    const found: unknown = Reflect.get(target, method, receiver)
    return typeof found !== 'function' ? found : (...args: ReadonlyArray<unknown>): unknown => {
      told(`${name}.${String(method)}`)
      return Reflect.apply(found, target, args) as unknown
    }
  },
})

/** Every call of a finder is one statement on PostgreSQL. */
export const counted = (openReads: OpenReads, told: Told): OpenReads => (companyId, limits) => {
  const finders = Object.entries(openReads(companyId, limits)).map(([name, finder]: [string, unknown]) =>
    [name, typeof finder === 'object' && finder !== null ? telling(name, finder, told) : finder])
  return Object.fromEntries(finders) as Reads
}
