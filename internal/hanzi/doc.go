// Package hanzi knows Han characters: which are in the 通用规范汉字表, and the letter their pinyin begins with.
//
// It serves row M12: characters outside the standard table are pointed out in guides and charts (never to refuse a
// person's or a place's name). And it serves the search box, where initials find an item or a person: dbqr finds
// 低保确认.
//
// And it knows the readings of the standard characters, for who types 高陵 and means 高龄.
//
// The tables are text inside the binary, read once on first use; the first two keep about 30 KB of heap, the readings
// about 1 MB.
package hanzi

//go:generate go run ./gen
