// Command gen writes the catalogue of texts, docs/wording.md and docs/wording-items.md. Run it by go generate in
// internal/proofread.
package main

import (
	"log"
	"os"
	"path/filepath"

	"bianmin/internal/proofread"
)

const root = "../.."

func main() {
	all, err := proofread.Gather(os.DirFS(root))
	if err != nil {
		log.Fatal(err)
	}
	for name, text := range proofread.Catalogue(all) {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
