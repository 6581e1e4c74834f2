/** Types that have a global id. */
const nodeTypes = ['Chat', 'Message', 'Contact', 'Agent', 'Onboarding', 'FailedEvent', 'ReplayJob'] as const
export type NodeType = (typeof nodeTypes)[number]

export interface GlobalId { readonly type: NodeType; readonly key: string }

/** `base64url(type:key)`; the company is not in it, the token says which is meant. */
export const toGlobalId = (type: NodeType, key: string): string => Buffer.from(`${type}:${key}`).toString('base64url')

/** Undefined for whatever `toGlobalId` did not make. */
export const parseGlobalId = (id: string): GlobalId | undefined => {
  const text = Buffer.from(id, 'base64url').toString()
  const colon = text.indexOf(':')
  const type = nodeTypes.find((name) => name === text.slice(0, colon))
  const key = text.slice(colon + 1)
  return type !== undefined && toGlobalId(type, key) === id ? { type, key } : undefined
}
