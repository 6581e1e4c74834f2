import { GraphQLScalarType } from 'graphql'
import { parseNumbers, rawJson } from '../../../schemas/inbound/raw-json.ts'

const MS_PER_SECOND = 1_000

/** Whole seconds: a fraction is of no use where times are whole. */
export const toSeconds = (date: Date): number => Math.floor(date.getTime() / MS_PER_SECOND)

export const toDate = (seconds: number): Date => new Date(seconds * MS_PER_SECOND)

/** JSON text as a value whose large numbers are still written with all their digits (design 7). */
export const toJson = (text: string): unknown =>
  parseNumbers(text, (value, source) => (String(value) === source ? value : rawJson(source)))

/** Answers only: there is no argument of this type. */
export const jsonScalar = new GraphQLScalarType({ name: 'JSON', serialize: (value) => value })
