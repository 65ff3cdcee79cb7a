// Where a request comes from. X-Forwarded-For is written by whoever sends it; only the part that our own proxies
// added is believed, so a forged beginning changes nothing.
import { BlockList, isIP } from 'node:net'

/** Addresses and networks (`10.0.0.0/8`) as one list to ask. */
export function networksOf(networks: string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}

/** One spelling per address: without the port that some proxies add, and IPv4 as IPv4. */
function plainAddress(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
  return isIP(bare) ? bare.toLowerCase() : null
}

const isTrusted = (address: string, trusted: BlockList) =>
  trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/**
 * The client's address: the rightmost one that is not a proxy of ours. The socket's own address is not forgeable;
 * each entry before it is believed only if the one after it is trusted.
 * @param socketAddress who is connected to us.
 * @param forwardedFor the header X-Forwarded-For, if any.
 */
export function clientAddress(
  socketAddress: string,
  forwardedFor: string | undefined,
  trusted: BlockList,
): string {
  let address = plainAddress(socketAddress) ?? socketAddress
  if (!forwardedFor || !isIP(address)) return address
  for (const entry of forwardedFor.split(',').reverse()) {
    if (!isTrusted(address, trusted)) break
    const before = plainAddress(entry)
    if (!before) break
    address = before
  }
  return address
}
