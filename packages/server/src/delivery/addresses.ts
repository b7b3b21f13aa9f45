import { BlockList, isIP, isIPv4 } from 'node:net'

/** Networks that are not the public internet (IANA special-purpose registries, RFC 6890). */
const networks = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
]

const blocked = new BlockList()
for (const network of networks) {
  const [address = '', prefix] = network.split('/')
  blocked.addSubnet(address, Number(prefix), isIPv4(address) ? 'ipv4' : 'ipv6')
}

/** Whether an IP address is one of the public internet. IPv4 inside of IPv6 counts as what it is. */
export const isPublic = (address: string) =>
  isIP(address) !== 0 && !blocked.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')

/** Whether a host, by name or by address, is this machine (RFC 6761, RFC 1122). Without brackets around IPv6. */
export const isLoopback = (host: string) =>
  /^(.+\.)?localhost$/i.test(host) || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
