// Package shoedraw is the protocol SHOEDRAW/1, by which a shop draws a winner
// each month so that anyone can check it afterwards. It does no I/O and knows
// no shop: whoever wants a verifier of their own can write it from this text.
//
// # The idea
//
// Before a month begins the shop says how it will draw: the announcement. When
// the month is over it lists everybody who is in, as numbers that name nobody:
// the tickets, and fixes the list: the commitment. Only then the random value
// exists, or is shown. From both anyone works out the same picks: the draw.
// What became of them is the result. Each document names the one before it by
// its hash, so none can be changed later.
//
// # Words
//
// Hashes are SHA-256, MACs are HMAC-SHA-256. "a" || "b" is one after the
// other; u16be, u32be are big-endian. A period is a month written 2026-11.
// Hexadecimal is in lower case. Documents are ASCII: lines of "key: value" in
// a fixed order, each ended by one LF, without spaces at the end; numbers are
// decimal without leading zeros; moments are RFC 3339 in UTC to the second. A
// document that is written in any other way is not one.
//
// # Entries
//
// Each entrant has a random key of 32 bytes that the shop keeps. Of each month
//
//	code   = first 16 bytes of MAC(key, "SHOEDRAW/1 code\0" || period)
//	ticket = MAC(code, "SHOEDRAW/1 ticket\0" || period || "\0" || address)
//
// The code is shown to the entrant all month, in Crockford's base 32, so that
// they can prove later that they were in, or left out. The address is that of
// e-mail in the form in which the shop compares them; entries by post have
// "post:" and their number. Tickets are sorted as bytes, and no two are equal.
//
// # The list
//
// The tickets' root is that of RFC 6962: a leaf is SHA-256(0x00 || ticket), a
// node SHA-256(0x01 || left || right), and a list of n is split at the largest
// power of two below n; the root of none is SHA-256 of nothing. An inclusion
// proof is the path of a position. That a ticket is missing is proved by the
// paths of the two neighbours between which it would stand.
//
// # The random value R
//
//   - sealed: a secret of 32 bytes, whose hash stands in the announcement:
//     MAC(master key, "SHOEDRAW/1 sealed\0" || period).
//   - public: the line in which the rules write down a public number, with LF.
//   - drand: SHA-256 of the signature of a round of a drand chain.
//
// # Picks
//
//	K    = SHA-256(commitment)
//	seed = SHA-256("SHOEDRAW/1 seed\0" || K || u16be(len R) || R)
//
// Pick k, from 0, chooses among the m = n − k that are left: for a = 0, 1, …
// let x be the first 8 bytes of MAC(seed, "pick\0" || u32be(k) || u32be(a)) as
// a number; the first x below 2^64 − (2^64 mod m) is taken, and j = k + x mod
// m. The pick is the position at place j, and the position at place k moves
// to place j. Pick 0 wins, the others are its alternates in order.
package shoedraw
