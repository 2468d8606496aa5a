// Package journey walks the pages as people do: the whole program on its demonstration, a real Chromium, keys and
// clicks. It holds tests alone: each role's main path, and (with the tag look) a picture of every page.
package journey
