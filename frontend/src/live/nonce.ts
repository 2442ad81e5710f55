/** Names one intention (a scan, a tap), so that the server can tell a retry from a second one. 128 random bits in hex. */
export function nonce(): string {
  // crypto.randomUUID is missing where the page came over plain http on a LAN.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
