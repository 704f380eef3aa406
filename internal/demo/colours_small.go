package demo

import "longrun/internal/demo/drawn"

// The colours of socks and cap, which have no sole: the unused parts are white.
var (
	chalkSock = drawn.Palette{
		Upper: "#f1ede4", Overlay: "#2b5f75", Accent: "#f2663b", Midsole: "#ffffff",
		Outsole: "#ffffff", Lace: "#ffffff", Lining: "#2b5f75", Backdrop: "#cfdcd9",
	}
	mossSock = drawn.Palette{
		Upper: "#7d8f5f", Overlay: "#4b5a39", Accent: "#e9a24a", Midsole: "#ffffff",
		Outsole: "#ffffff", Lace: "#ffffff", Lining: "#4b5a39", Backdrop: "#e0dccb",
	}
	sandCap = drawn.Palette{
		Upper: "#e9dcc0", Overlay: "#3d5a6c", Accent: "#e2603f", Midsole: "#ffffff",
		Outsole: "#ffffff", Lace: "#ffffff", Lining: "#27333b", Backdrop: "#d9e0de",
	}
)
