package shop

import "math/bits"

// mulDiv is floor(a*b/c) for non-negative a and b with b <= c, without
// overflow in between.
func mulDiv(a, b, c int64) int64 {
	if a < 0 {
		return -mulDiv(-a, b, c)
	}
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	q, _ := bits.Div64(hi, lo, uint64(c))
	return int64(q)
}
