import type { Plugin } from 'graphql-yoga'

/** Far above what 2,000 tokens and their variables need (bad inputs H1). */
const MOST_BYTES = 262_144

const refused = (headers: Headers): number | undefined => {
  if (headers.has('transfer-encoding')) return 411
  return Number(headers.get('content-length') ?? 0) > MOST_BYTES ? 413 : undefined
}

/** A body says how long it is, and is not longer than this; nothing of it is read otherwise. */
export const bodyLimit: Plugin = { onRequest: ({ request, fetchAPI, endResponse }) => {
  const status = refused(request.headers)
  if (status !== undefined) endResponse(new fetchAPI.Response(null, { status, headers: { connection: 'close' } }))
} }
