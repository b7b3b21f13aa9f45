import type { KeyObject } from 'node:crypto'
import { builtins } from '../builtins.js'

/**
 * Remembers which key a token's signature was good for, so that it is worked out once. Nothing else is remembered: what
 * a token says is read, and judged by the clock, at every use; the token itself is not kept, only its SHA-256. When it
 * is full, what was not used for longest is forgotten.
 */
export class SignatureCache {
  readonly #size: number
  /** The least recently used first. */
  readonly #keys = new Map<string, KeyObject>()

  /** @param size how many tokens are remembered at most; with 0 it costs nothing. */
  constructor(size: number) {
    this.#size = size
  }

  /** What a token is called here. */
  idOf(token: string): string {
    return this.#size === 0 ? '' : builtins.crypto.hash('sha256', token, 'binary')
  }

  /** Whether the signature is known to be good for this very key. Either way it is forgotten until it is added again. */
  take(id: string, key: KeyObject): boolean {
    const known = this.#keys.get(id)
    return this.#keys.delete(id) && known === key
  }

  add(id: string, key: KeyObject): void {
    if (this.#size === 0) return
    this.#keys.set(id, key)
    if (this.#keys.size > this.#size) this.#keys.delete(String(this.#keys.keys().next().value))
  }
}
