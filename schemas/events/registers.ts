import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { noted } from '../noted.ts'
import { Clock, sameClock } from './clock.ts'

export interface Register<T> { readonly value: T; readonly clock: Clock }

type Values<P extends t.Props> = { readonly [K in keyof P]?: Register<t.TypeOf<P[K]>> }
/** Fields written by one event share its clock, so the clock stands once for all of them. */
type Written = readonly [clock: t.OutputOf<typeof Clock>, values: Readonly<Record<string, unknown>>]

const Packed = t.array(t.tuple([Clock, t.UnknownRecord]))

type Group = { readonly clock: Clock; readonly values: Record<string, unknown> }

const groupOf = (groups: ReadonlyArray<Group>, clock: Clock): Group | undefined => {
  for (const group of groups) if (group.clock === clock || sameClock(group.clock, clock)) return group
  return undefined
}

const pack = (registers: Readonly<Record<string, Register<unknown> | undefined>>): ReadonlyArray<Written> => {
  const groups: Group[] = []
  for (const name in registers) {
    const register = registers[name]
    if (register === undefined) continue
    const group = groupOf(groups, register.clock)
    if (group === undefined) groups.push({ clock: register.clock, values: { [name]: register.value } })
    else group.values[name] = register.value
  }
  return groups.map(({ clock, values }): Written => [Clock.encode(clock), values])
}

/** `[[clock, { field: value, … }], …]` on disk, registers by name in memory; an unknown field is a newer release's and is refused. */
export const Registers = <P extends t.Props>(name: string, fields: P): t.Type<Values<P>, ReadonlyArray<Written>, unknown> => {
  const unpack = (groups: t.TypeOf<typeof Packed>, context: t.Context): t.Validation<Values<P>> => {
    const registers: Record<string, Register<unknown>> = {}
    for (const [clock, values] of groups) {
      for (const [field, raw] of Object.entries(values)) {
        const codec = fields[field]
        const value = codec === undefined ? t.failure(undefined, context, `unknown field of ${name}`) : codec.validate(raw, context)
        if (E.isLeft(value)) return value
        registers[field] = { value: value.right, clock }
      }
    }
    return t.success(registers as Values<P>)
  }
  return noted(new t.Type<Values<P>, ReadonlyArray<Written>, unknown>(name,
    (value): value is Values<P> => typeof value === 'object' && value !== null && !Array.isArray(value),
    (value, context) => {
      const groups = Packed.validate(value, context)
      return E.isLeft(groups) ? groups : unpack(groups.right, context)
    }, pack), { of: 'registers', clock: Clock, fields })
}
