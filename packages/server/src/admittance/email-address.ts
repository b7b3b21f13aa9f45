/** What providers take for a tag that somebody has put after their name, and deliver to them all the same. */
const tag = /[+#=].*$/

/** The address that a tagged one belongs to: `ada@example.com` of `ada+shop@example.com`. */
export function withoutTag(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at).replace(tag, '')}${address.slice(at)}`
}

export const isTagged = (address: string): boolean => withoutTag(address) !== address
