package cases

import (
	"encoding/json"
	"errors"
)

// Strokes is a signature as it was drawn: for each stroke x and y in turn, in thousandths of the box's width.
type Strokes [][]int

// The box of a signature, in thousandths of its width, and the bounds of what is drawn in it.
const (
	StrokesWide   = 1000
	StrokesHigh   = 400
	strokesMost   = 80
	pointsMost    = 4000
	strokesLength = 40000 // bytes
	drawnLeast    = 100   // a dot is no signature: how far the pen went, at the least
)

var errStrokes = errors.New("no signature")

// ParseStrokes reads strokes: [[x,y,x,y,…],…].
func ParseStrokes(s string) (Strokes, error) {
	var list Strokes
	if len(s) > strokesLength || json.Unmarshal([]byte(s), &list) != nil || len(list) == 0 || len(list) > strokesMost {
		return nil, errStrokes
	}
	points, drawn := 0, 0
	for _, stroke := range list {
		if len(stroke) == 0 || len(stroke)%2 != 0 {
			return nil, errStrokes
		}
		points += len(stroke) / 2
		for i, v := range stroke {
			most := StrokesWide
			if i%2 == 1 {
				most = StrokesHigh
			}
			if v < 0 || v > most {
				return nil, errStrokes
			}
			if i >= 2 {
				drawn += max(v-stroke[i-2], stroke[i-2]-v)
			}
		}
	}
	if points > pointsMost || drawn < drawnLeast {
		return nil, errStrokes
	}
	return list, nil
}
