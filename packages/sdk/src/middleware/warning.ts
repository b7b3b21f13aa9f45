const warned = new Set<string>()

/** Tells whoever runs the program, once in its life, about a use that is probably a mistake. */
export function warnOnce(code: string, message: string): void {
  if (warned.has(code)) return
  warned.add(code)
  process.emitWarning(message, { code })
}
