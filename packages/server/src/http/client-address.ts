import { BlockList, isIP, SocketAddress } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { StartupError } from '../startup-error.js'

/** The address a request came from; `undefined` where there was no connection, as in a request made within the process. */
export type ClientAddress = (c: Context) => string | undefined

/**
 * Tells where a request came from. `X-Forwarded-For` has a say only as far as proxies that are trusted wrote it: from its
 * end on, the first address that is not a trusted proxy is the client's.
 *
 * @param proxies addresses and networks (`10.0.0.0/8`) of the proxies in front of this server
 * @throws StartupError when one of them is neither
 */
export function clientAddress(proxies: readonly string[]): ClientAddress {
  const trusted = networks(proxies)
  return (c) => {
    const peer = (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress
    if (peer === undefined || proxies.length === 0) return peer && plain(peer)
    const hops = [
      ...(c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => canonical(hop.trim())),
      plain(peer),
    ]
    const client = hops.findLastIndex((hop) => !includes(trusted, hop))
    // A proxy that says nothing sensible of where a request came from is as far as is known.
    return hops.slice(Math.max(client, 0)).find((hop) => isIP(hop) !== 0)
  }
}

/** An IPv4 address that was reached over IPv6 is an IPv4 address (RFC 4291 §2.5.5.2). */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')

/**
 * What one subscriber has: an IPv4 address, or of IPv6 a network of 64 bits (RFC 4291 §2.5.4), in which anybody has as many
 * addresses as they like.
 *
 * @param address as {@link ClientAddress} gives it
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [left = [], right] = address.split('::').map((side) => side.split(':').filter((group) => group !== ''))
  const groups = right === undefined ? left : [...left, ...zeros(8 - left.length - right.length), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

const zeros = (count: number) => Array.from({ length: count }, () => '0')

/** What somebody wrote, in the one spelling that an address has (RFC 5952); as it is, if it is no address. */
const canonical = (text: string) =>
  isIP(text) === 6 ? plain(new SocketAddress({ address: text, family: 'ipv6' }).address) : text

function networks(entries: readonly string[]): BlockList {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', prefix, ...more] = entry.split('/')
    const type = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    const bits = type === 'ipv6' ? 128 : 32
    const length = prefix === undefined ? bits : Number(prefix)
    if (isIP(address) === 0 || more.length > 0 || !/^\d{1,3}$/.test(prefix ?? '0') || length > bits) {
      throw new StartupError(`the trusted proxy ${JSON.stringify(entry)} is neither an address nor a network`, {
        exitCode: 2,
      })
    }
    list.addSubnet(address, length, type)
  }
  return list
}

const includes = (list: BlockList, address: string) =>
  isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
