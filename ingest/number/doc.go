// Package number finds the printed numbers of paragraphs, the headings, and
// what hangs on what. It works on paragraphs in reading order, whatever format
// they come from, and never changes their text.
//
// A mark is what stands before a paragraph and counts: "12.", "3.4.", "§ 45",
// "[12]", "(a)", "1)", "A.", "III.". A mark is believed when its form cannot
// be anything else, or when it continues a sequence: "A. Smith" and "3.5
// million" begin many sentences, "B." after "A." begins only points.
//
// The label is the mark as printed, without the dot, the brackets of "[12]" or
// the sign of "§ 45", which are typography: "12", "3.4", "45", "A". Points keep
// their parentheses, "(a)", "1)": a point 1) is not paragraph 1.
package number
