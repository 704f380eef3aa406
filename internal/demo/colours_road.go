package demo

import "longrun/internal/demo/drawn"

// The colours of the road shoes, by style and colourway.
var (
	millraceHarbour = drawn.Palette{
		Upper: "#f1ede2", Overlay: "#1e6472", Accent: "#f2663b", Midsole: "#fbf8f0",
		Outsole: "#22323b", Lace: "#fbfaf5", Lining: "#1e6472", Backdrop: "#cfdcd9",
	}
	millraceBrick = drawn.Palette{
		Upper: "#b8452f", Overlay: "#7c2a20", Accent: "#f0c25a", Midsole: "#f7f1e4",
		Outsole: "#2a2224", Lace: "#f7f1e4", Lining: "#5d2019", Backdrop: "#ead8c9",
	}
	millraceGraphite = drawn.Palette{
		Upper: "#4a4f57", Overlay: "#2b2f36", Accent: "#a9d04a", Midsole: "#e9ebec",
		Outsole: "#1d2025", Lace: "#d9dcdf", Lining: "#23262c", Backdrop: "#d5d9da",
	}
	lindenrowFirstFrost = drawn.Palette{
		Upper: "#dfe8ee", Overlay: "#7f9fb5", Accent: "#e58a7b", Midsole: "#ffffff",
		Outsole: "#4a5a68", Lace: "#ffffff", Lining: "#9db6c7", Backdrop: "#e9dfda",
	}
	lindenrowDamson = drawn.Palette{
		Upper: "#6a3b63", Overlay: "#43243f", Accent: "#f0a24a", Midsole: "#f5ede8",
		Outsole: "#2c1c2b", Lace: "#f0d9e4", Lining: "#43243f", Backdrop: "#e3d6dd",
	}
	lindenrowMint = drawn.Palette{
		Upper: "#bfe0cd", Overlay: "#3e8a73", Accent: "#f4cf57", Midsole: "#fdfbf4",
		Outsole: "#2d4a42", Lace: "#fdfbf4", Lining: "#5fa38d", Backdrop: "#dfe6dc",
	}
	commonsNewsprint = drawn.Palette{
		Upper: "#e7e4dc", Overlay: "#2e2f33", Accent: "#d9463a", Midsole: "#f6f4ee",
		Outsole: "#2e2f33", Lace: "#2e2f33", Lining: "#57585c", Backdrop: "#dedbd2",
	}
	commonsMarigold = drawn.Palette{
		Upper: "#f2b134", Overlay: "#8a4b1f", Accent: "#2f6f8f", Midsole: "#fbf6ea",
		Outsole: "#3a2a20", Lace: "#fbf6ea", Lining: "#8a4b1f", Backdrop: "#d5e0e3",
	}
	fallowfieldOat = drawn.Palette{
		Upper: "#e4d7be", Overlay: "#9a7b53", Accent: "#3f6b5a", Midsole: "#fbf7ee",
		Outsole: "#5a4634", Lace: "#fbf7ee", Lining: "#b79a70", Backdrop: "#d9dfd5",
	}
	fallowfieldInk = drawn.Palette{
		Upper: "#2f3d66", Overlay: "#1b2442", Accent: "#ff8a5c", Midsole: "#f4f1ea",
		Outsole: "#171c2e", Lace: "#e9e6f0", Lining: "#1b2442", Backdrop: "#dcd8e6",
	}
	plumblineSlate = drawn.Palette{
		Upper: "#b4c2cb", Overlay: "#4b6172", Accent: "#6fae9b", Midsole: "#ffffff",
		Outsole: "#3a4650", Lace: "#eef2f4", Lining: "#5a7080", Backdrop: "#e6e2d6",
	}
	plumblineBordeaux = drawn.Palette{
		Upper: "#7b2436", Overlay: "#47121f", Accent: "#e4b48a", Midsole: "#f6efe7",
		Outsole: "#2a1016", Lace: "#f0dccb", Lining: "#47121f", Backdrop: "#e6d9d2",
	}
	keelsonSail = drawn.Palette{
		Upper: "#f4efe4", Overlay: "#3f7fa3", Accent: "#f26a5a", Midsole: "#ffffff",
		Outsole: "#2f4d61", Lace: "#ffffff", Lining: "#3f7fa3", Backdrop: "#d4e0e6",
	}
	keelsonKelp = drawn.Palette{
		Upper: "#41705f", Overlay: "#234238", Accent: "#f3c677", Midsole: "#f2f0e4",
		Outsole: "#1c302a", Lace: "#dfe9d8", Lining: "#234238", Backdrop: "#dde3d6",
	}
	waymarkSignal = drawn.Palette{
		Upper: "#f0c419", Overlay: "#3b3b3f", Accent: "#2c6fb0", Midsole: "#f8f6ee",
		Outsole: "#2b2b2f", Lace: "#3b3b3f", Lining: "#3b3b3f", Backdrop: "#dfe2e6",
	}
	snowmeltGlacier = drawn.Palette{
		Upper: "#d7ecef", Overlay: "#5aa5b5", Accent: "#f58f6c", Midsole: "#ffffff",
		Outsole: "#39616c", Lace: "#ffffff", Lining: "#7bbac7", Backdrop: "#e4e2ea",
	}
	snowmeltLingonberry = drawn.Palette{
		Upper: "#c8324f", Overlay: "#7a1830", Accent: "#f7c9c0", Midsole: "#fff6f2",
		Outsole: "#4a1522", Lace: "#ffe9e3", Lining: "#7a1830", Backdrop: "#ecd9d8",
	}
	longlightDusk = drawn.Palette{
		Upper: "#43507f", Overlay: "#28305a", Accent: "#f5b640", Midsole: "#f3efe6",
		Outsole: "#20242f", Lace: "#f3efe6", Lining: "#222a50", Backdrop: "#d9d6e4",
	}
	longlightBirch = drawn.Palette{
		Upper: "#ece7da", Overlay: "#8d8a7c", Accent: "#4f9a6b", Midsole: "#fdfbf5",
		Outsole: "#4b4a42", Lace: "#fdfbf5", Lining: "#a9a596", Backdrop: "#d8e0d4",
	}
	longlightEmber = drawn.Palette{
		Upper: "#e0563b", Overlay: "#8f2a2a", Accent: "#ffc75f", Midsole: "#fff4e6",
		Outsole: "#43181b", Lace: "#ffe7cf", Lining: "#8f2a2a", Backdrop: "#e9d9cf",
	}
)
