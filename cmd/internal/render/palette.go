// This file holds the colours of charts and pages.

package render

// lineColors are the colours of lines and marks; each stands out from a white
// page (4.5:1 at least) and differs from its neighbours in lightness too, so that a
// black and white print and eyes that confuse colours can tell them apart.
func lineColors() []string {
	return []string{"#1f4e9c", "#b3410e", "#1d6b3a", "#7b2d8b", "#5c4a00", "#0b6477", "#a3123f", "#444444"}
}

// lineColor is the colour of the i-th line.
func lineColor(i int) string {
	colors := lineColors()
	return colors[i%len(colors)]
}
