package demo

import (
	"cmp"
	"slices"

	"bianmin/internal/item"
	"bianmin/internal/place"
)

// townsLeft is a town for each plan to be drawn, so that all together are spread as they should be: the busy ones have
// their share, the others divide the rest by the number of their rooms, the smallest still having some.
func (b *builder) townsLeft() []place.Place {
	towns := b.city.Places.Children(b.city.Places.Root().Code)
	weights := make([]int, len(towns))
	shared, rest := 0, count
	for i, t := range towns {
		if share := busy[t.Code]; share > 0 {
			rest -= count * share / 100
			continue
		}
		weights[i] = 10 + len(b.city.Places.Children(t.Code))
		shared += weights[i]
	}
	var list []place.Place
	given, sum := 0, 0
	for i, t := range towns {
		quota := count * busy[t.Code] / 100
		if weights[i] > 0 { // cumulative, so that the roundings add up to the whole
			sum += weights[i]
			quota = rest*sum/shared - given
			given += quota
		}
		for range quota - b.towns[t.Code] {
			list = append(list, t)
		}
	}
	b.r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// itemsLeft is an item for each plan to be drawn: each that was not told once, the others by how often people come.
func (b *builder) itemsLeft(n int) []*item.Version {
	all := b.city.Items.All()
	slices.SortFunc(all, func(x, y item.Version) int { return cmp.Compare(x.Code, y.Code) })
	var list []*item.Version
	var draws weighted
	byCode := map[string]*item.Version{}
	for i := range all {
		def := &all[i]
		byCode[string(def.Code)] = def
		if b.items[def.Code] == 0 && len(list) < n {
			list = append(list, def)
		}
		draws = append(draws, share{string(def.Code), demandFor(def.Code).weight})
	}
	for len(list) < n {
		list = append(list, byCode[draws.draw(b.r)])
	}
	b.r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}
