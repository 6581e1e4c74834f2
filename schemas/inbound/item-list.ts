import * as t from 'io-ts'
import { noted } from '../noted.ts'
import type { PayloadCodec } from './payload.ts'
import { Refusal, wireCodec, type WireCodec } from './scalars.ts'

const WRONG_TYPE = new Refusal('wrong_type')

/**
 * The items of a history, undecoded: each is decoded alone, so that a bad one fails alone (contract 4.8, D17). `item` is what the
 * contract promises of each.
 */
export const itemsOf = <A>(item: PayloadCodec<A>): WireCodec<ReadonlyArray<unknown>> =>
  noted(wireCodec<ReadonlyArray<unknown>>({ name: 'ItemList', is: t.UnknownArray.is, present: { type: 'array' } }, (value) =>
    (Array.isArray(value) ? value : WRONG_TYPE)), { of: 'items', item })
