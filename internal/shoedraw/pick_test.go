package shoedraw

import (
	"encoding/binary"
	"math"
	"slices"
	"testing"
)

// seedOf is a fixed seed by its number.
func seedOf(n int) Hash {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(n))
	return Sum(b[:])
}

func TestPicksAreDifferentPositions(t *testing.T) {
	for n := range int64(12) {
		for s := range 200 {
			picks := Picks(seedOf(s), n, 5)
			if int64(len(picks)) != min(n, 5) {
				t.Fatalf("%d picks of %d", len(picks), n)
			}
			sorted := slices.Sorted(slices.Values(picks))
			if len(slices.Compact(sorted)) != len(picks) || len(sorted) > 0 && (sorted[0] < 0 || sorted[len(sorted)-1] >= n) {
				t.Fatalf("picks %v of %d", picks, n)
			}
		}
	}
}

// deviation is chi-square's distance of counts from all being equal, as
// standard deviations of a normal distribution (Wilson and Hilferty, 1931).
func deviation(counts []int) float64 {
	total := 0
	for _, c := range counts {
		total += c
	}
	want, chi := float64(total)/float64(len(counts)), 0.0
	for _, c := range counts {
		chi += (float64(c) - want) * (float64(c) - want) / want
	}
	df := float64(len(counts) - 1)
	return (math.Cbrt(chi/df) - (1 - 2/(9*df))) / math.Sqrt(2/(9*df))
}

// suspicious is p below one in a million.
const suspicious = 4.75

const draws = 200_000

func TestEverybodyIsAsLikelyToWin(t *testing.T) {
	for _, n := range []int64{2, 3, 7, 1000} {
		winner, alternate := make([]int, n), make([]int, n)
		for s := range draws {
			picks := Picks(seedOf(s), n, 2)
			winner[picks[0]]++
			alternate[picks[1]]++
		}
		for place, counts := range map[string][]int{"winner": winner, "first alternate": alternate} {
			if d := deviation(counts); d > suspicious {
				t.Errorf("%s of %d: %.1f standard deviations from fair", place, n, d)
			}
		}
	}
}

// TestAnUnfairDrawIsSeen: the test above can fail.
func TestAnUnfairDrawIsSeen(t *testing.T) {
	counts := make([]int, 7)
	for s := range draws {
		sum := mac(hashOf([]byte{byte(s), byte(s >> 8), byte(s >> 16)}), "pick\x00")
		counts[sum[0]%7]++ // 256 is no multiple of 7
	}
	if d := deviation(counts); d < suspicious {
		t.Errorf("it is taken for fair: %.1f standard deviations", d)
	}
}

// TestAValueThatWouldFavourSomeIsPassedOver forces it: of the numbers below
// 2^63+1 nearly half of all values are taken.
func TestAValueThatWouldFavourSomeIsPassedOver(t *testing.T) {
	const m = 1<<63 + 1
	low, taken := 0, 0
	for s := range 10_000 {
		x := below(seedOf(s), 0, m)
		if x >= m {
			t.Fatalf("%d is not below %d", x, uint64(m))
		}
		if x < m/2 {
			low++
		}
		var b [8]byte
		first := mac(hashOf8(s), "pick\x00", string(b[:]))
		if binary.BigEndian.Uint64(first[:8]) == x {
			taken++
		}
	}
	if d := deviation([]int{low, 10_000 - low}); d > suspicious {
		t.Errorf("%d of 10,000 are in the lower half", low)
	}
	if taken < 4_500 || taken > 5_500 {
		t.Errorf("the first value was taken %d times of 10,000", taken)
	}
}

func hashOf8(n int) []byte {
	h := seedOf(n)
	return h[:]
}
