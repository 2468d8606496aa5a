package print

// Edition is the latest. From 1 on a paragraph leaves no single character on its last line and no single line on a page, and
// text keeps clear of the table before it.
const Edition = 1

// Sheet is one paper in words: what is kept of it, and all that a drawing needs.
type Sheet struct {
	// Edition is by which rules of drawing: a paper that was issued is drawn again by its own, byte for byte. None is 0.
	Edition int `json:"edition,omitempty"`

	Size   Size     `json:"size"`
	Title  []string `json:"title"`            // a line each
	Number string   `json:"number"`           // 高家堡镇便民〔2026〕受字第 12 号
	To     string   `json:"to,omitempty"`     // whom it is for; the colon is drawn with it
	Body   []Block  `json:"body"`             // in order
	Signer string   `json:"signer,omitempty"` // who issues it
	Date   string   `json:"date"`             // 2026年3月10日
	Link   string   `json:"link"`             // where its code leads
	Beside []string `json:"beside"`           // what stands beside the code, a line each
	Seal   *Seal    `json:"seal,omitempty"`   // the mark of the electronic seal by which it is signed
}

// Block is a paragraph, rows of a ruled table, a ledger, or a signature.
type Block struct {
	Text   string  `json:"text,omitempty"`
	Rows   []Row   `json:"rows,omitempty"`
	Ledger *Ledger `json:"ledger,omitempty"`
	Ink    *Ink    `json:"ink,omitempty"`
}

// Ledger is a ruled table of many columns, whose head stands on every page.
type Ledger struct {
	Parts []int      `json:"parts"` // how wide the columns are, beside each other
	Head  []string   `json:"head"`
	Lines [][]string `json:"lines"`
}

// Ink is a signature as it was drawn: for each stroke x and y in turn, in thousandths of the box's width; the box is
// InkHigh high. It is drawn as lines, not as an image.
type Ink struct {
	Label   string  `json:"label"`
	Strokes [][]int `json:"strokes"`
}

// The box of a signature.
const (
	InkWide = 1000
	InkHigh = 400
)

// Row is one line of a table: what it is, and its value.
type Row struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Size is the paper's.
type Size string

// The sizes: A4 for what is official, A5 for what is handed over a counter.
const (
	A4 Size = "A4"
	A5 Size = "A5"
	// Wide is A4 lying: for ledgers.
	Wide Size = "A4L"
)

// frame is where things stand on a paper, in points.
type frame struct {
	width, height float64 // of the paper
	left, top     float64 // of the type area
	wide, lines   float64 // its width, and its lines
	pitch         float64 // from line to line
	body, title   float64 // sizes
	step          float64 // from character to character of the body
	code          float64 // how large the code is
	foot          float64 // from the paper's upper edge to the code's
	small         float64 // size of what stands beside the code
	names         float64 // characters of a table's first column
}

// mm is a millimetre in points.
const mm = 72 / 25.4

// frameOf: the A4 one is GB/T 9704-2012 5.2 (top 37 mm, left 28 mm, 156 mm by 225 mm, 22 lines of 28 characters, 16 pt);
// below the type area it leaves 35 mm, in which the code stands.
func frameOf(size Size) frame {
	if size == A5 {
		return frame{width: 148 * mm, height: 210 * mm, left: 16 * mm, top: 16 * mm, wide: 116 * mm, lines: 27, pitch: 158 * mm / 27,
			body: 10.5, title: 16, step: 10.5, code: 20 * mm, foot: 180 * mm, small: 8, names: 5}
	}
	if size == Wide {
		return frame{width: 297 * mm, height: 210 * mm, left: 18 * mm, top: 18 * mm, wide: 261 * mm, lines: 24, pitch: 156 * mm / 24,
			body: 10.5, title: 18, step: 10.5, code: 18 * mm, foot: 182 * mm, small: 8, names: 6}
	}
	return frame{width: 210 * mm, height: 297 * mm, left: 28 * mm, top: 37 * mm, wide: 156 * mm, lines: 22, pitch: 225 * mm / 22,
		body: 16, title: 22, step: 156 * mm / 28, code: 22 * mm, foot: 266 * mm, small: 9, names: 6}
}
