/** FNV-1a over UTF-16 units, mixed: 32 bits, the same in every process and release, for lock keys and owners depend on it. */
export const hash = (text: string): number => {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return (h ^ (h >>> 15)) >>> 0
}
