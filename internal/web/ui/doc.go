// Package ui is what all pages share: the frame (Layout), the small parts (status, ruler, field, button, paper), the
// style sheets, the one script, and the headers that keep a browser from running anything that is not ours.
//
// Parts take finished values and decide nothing. What they look like stands in assets/css, one file a kind of thing,
// served as one sheet; the oldest browser that must show it right is Chromium 86, so no @layer, :is, :has, nesting,
// oklch or color-mix. Nothing is inline: no style attribute, no script in a page.
//
// The ground of rows M14 and M15 (what the counter and the desk see) and M17 (limits are seen by all).
package ui
