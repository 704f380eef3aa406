package demo

import "longrun/internal/demo/drawn"

// The colours of the racing, track and trail shoes, by style and colourway.
var (
	overtureFlare = drawn.Palette{
		Upper: "#ff5630", Overlay: "#1c1e27", Accent: "#ffd23f", Midsole: "#ffffff",
		Outsole: "#1c1e27", Lace: "#ffffff", Lining: "#1c1e27", Backdrop: "#f2ddce",
	}
	overtureIce = drawn.Palette{
		Upper: "#e3f4f6", Overlay: "#2aa7c2", Accent: "#ff4f81", Midsole: "#ffffff",
		Outsole: "#20505f", Lace: "#ff4f81", Lining: "#2a7f96", Backdrop: "#d5e3ea",
	}
	quarterhourPlum = drawn.Palette{
		Upper: "#8b3f8f", Overlay: "#4d1f5c", Accent: "#ffc857", Midsole: "#fdf6fb",
		Outsole: "#331540", Lace: "#ffe3f1", Lining: "#4d1f5c", Backdrop: "#e6d9ea",
	}
	quarterhourCitrus = drawn.Palette{
		Upper: "#f4e04d", Overlay: "#e0892f", Accent: "#23395b", Midsole: "#ffffff",
		Outsole: "#23395b", Lace: "#23395b", Lining: "#d07a24", Backdrop: "#dbe4ec",
	}
	backstraightVolt = drawn.Palette{
		Upper: "#e6f04e", Overlay: "#1a2a5e", Accent: "#ff3f6e", Midsole: "#ffffff",
		Outsole: "#1a2a5e", Lace: "#ffffff", Lining: "#1a2a5e", Backdrop: "#d3dcef",
	}
	backstraightClay = drawn.Palette{
		Upper: "#d8603c", Overlay: "#3a1d18", Accent: "#f5e6c8", Midsole: "#fff8ec",
		Outsole: "#3a1d18", Lace: "#f5e6c8", Lining: "#3a1d18", Backdrop: "#ecdccd",
	}
	lastBellOrchid = drawn.Palette{
		Upper: "#d96ba8", Overlay: "#5a2a73", Accent: "#5fd3c4", Midsole: "#ffffff",
		Outsole: "#432058", Lace: "#ffffff", Lining: "#5a2a73", Backdrop: "#e2dcee",
	}
	cairnwayPine = drawn.Palette{
		Upper: "#5f7350", Overlay: "#2d3b2b", Accent: "#e58a3a", Midsole: "#d9d2be",
		Outsole: "#20251d", Lace: "#e58a3a", Lining: "#2d3b2b", Backdrop: "#e0dccb",
	}
	cairnwaySlateBlue = drawn.Palette{
		Upper: "#5b7488", Overlay: "#2c3f50", Accent: "#e8d25a", Midsole: "#e6e4da",
		Outsole: "#1f2930", Lace: "#e8d25a", Lining: "#2c3f50", Backdrop: "#d6dde0",
	}
	cairnwayRust = drawn.Palette{
		Upper: "#b5562f", Overlay: "#5b2a1c", Accent: "#6fb3a8", Midsole: "#e8ddc8",
		Outsole: "#2b1d18", Lace: "#f0e3cd", Lining: "#5b2a1c", Backdrop: "#e6d8c6",
	}
	heatherbackHeather = drawn.Palette{
		Upper: "#a285b5", Overlay: "#574169", Accent: "#f2a65a", Midsole: "#eee7ee",
		Outsole: "#322838", Lace: "#f6ecf6", Lining: "#574169", Backdrop: "#e2dae4",
	}
	heatherbackLichen = drawn.Palette{
		Upper: "#c9cf8f", Overlay: "#5e6b3c", Accent: "#d9583f", Midsole: "#efecd9",
		Outsole: "#333a24", Lace: "#efecd9", Lining: "#5e6b3c", Backdrop: "#e3e2d0",
	}
	becksideHighVis = drawn.Palette{
		Upper: "#ff7a1a", Overlay: "#22262b", Accent: "#e9f25a", Midsole: "#f2efe6",
		Outsole: "#1b1e22", Lace: "#e9f25a", Lining: "#22262b", Backdrop: "#d8dedb",
	}
	becksideDeepWater = drawn.Palette{
		Upper: "#1f6d7c", Overlay: "#0f3d4a", Accent: "#f4b942", Midsole: "#dfe7e4",
		Outsole: "#102a31", Lace: "#f4b942", Lining: "#0f3d4a", Backdrop: "#d3dfde",
	}
)
