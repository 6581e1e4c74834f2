const TYPES = ['Chat', 'Message', 'Contact', 'Agent', 'Onboarding'] as const
export type NodeType = (typeof TYPES)[number]

/** `base64url(type:key)`; the company is not part of it, so an id of another company's finds nothing (design 7). */
export const globalId = (type: NodeType, key: string): string => Buffer.from(`${type}:${key}`).toString('base64url')

/** Undefined for anything that is not an id of ours. */
export const parseGlobalId = (id: string): { readonly type: NodeType; readonly key: string } | undefined => {
  const text = Buffer.from(id, 'base64url').toString('utf8')
  const colon = text.indexOf(':')
  const type = TYPES.find((known) => known === text.slice(0, colon))
  const key = text.slice(colon + 1)
  return type === undefined || key === '' || globalId(type, key) !== id ? undefined : { type, key }
}
