package shoedraw

import (
	"encoding/binary"
	"math"
)

// Seed is what all picks come from: the commitment's hash K and the random
// value R, which has at most 65,535 bytes.
func Seed(k Hash, r []byte) (Hash, error) {
	if len(r) == 0 || len(r) > math.MaxUint16 {
		return Hash{}, malformed("a random value has 1 to 65535 bytes, not %d", len(r))
	}
	b := append([]byte("SHOEDRAW/1 seed\x00"), k[:]...)
	b = binary.BigEndian.AppendUint16(b, uint16(len(r)))
	return Sum(append(b, r...)), nil
}

// Picks are the positions of the first count picks among n entries, fewer
// where there are fewer.
func Picks(seed Hash, n int64, count int) []int64 {
	moved := map[int64]int64{} // place → position, where it is another
	at := func(place int64) int64 {
		if p, ok := moved[place]; ok {
			return p
		}
		return place
	}
	var picks []int64
	for k := int64(0); k < n && int(k) < count; k++ {
		j := k + int64(below(seed, uint32(k), uint64(n-k)))
		picks = append(picks, at(j))
		moved[j] = at(k)
	}
	return picks
}

// below is a number below m that all are equally likely to be: values that
// would favour some are passed over.
func below(seed Hash, k uint32, m uint64) uint64 {
	over := (math.MaxUint64%m + 1) % m // 2^64 mod m
	for a := uint32(0); ; a++ {
		var b [8]byte
		binary.BigEndian.PutUint32(b[:4], k)
		binary.BigEndian.PutUint32(b[4:], a)
		sum := mac(seed[:], "pick\x00", string(b[:]))
		if x := binary.BigEndian.Uint64(sum[:8]); over == 0 || x < -over {
			return x % m
		}
	}
}
