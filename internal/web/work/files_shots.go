package work

import (
	"fmt"
	"slices"
	"strconv"

	"bianmin/internal/access"
	"bianmin/internal/cases"
	"bianmin/internal/file"
)

// shot is one file under its material.
type shot struct {
	N            int
	Label        string // 第 2 张
	Href, Thumb  string // no Thumb of a PDF; no Href for whoever may not look
	Note, Reason string // 不清楚, and why
	Remove       string // where it is taken away; empty when it cannot be
	Again        *shotAdd
}

// shotAdd is the box that takes photographs: a camera on a phone, and files. Uploads is where its script sends them in
// pieces, Action where the plain form goes.
type shotAdd struct {
	Action, Uploads, Basket string
	Material                string
	Replaces                string // the number of the file in whose place it comes; empty for a new one
	ID                      string
	Account                 string
	Camera                  bool
	Mistake                 string
}

// shots are the files of one material.
type shots struct {
	List []shot
	Old  []shot // those in whose place another came
	Add  *shotAdd
}

func filePath(number cases.Number, n int) string {
	return casePath(number) + "/files/" + strconv.Itoa(n)
}

// shotsOf are the files of the i-th material of a case. mistake is what was wrong with one that came by the plain form.
func shotsOf(a access.Actor, v cases.View, i int, mistake string) shots {
	if v.Whole == nil {
		return shots{}
	}
	var out shots
	sees := access.Allows(a.Role, access.SeeFile)
	for _, f := range v.Files {
		if f.Material != v.Materials[i].Name {
			continue
		}
		s := shot{N: f.N, Label: fmt.Sprintf("第 %d 张", len(out.List)+1)}
		if f.Type == string(file.PDF) {
			s.Label = fmt.Sprintf("第 %d 份，PDF", len(out.List)+1)
		}
		if sees {
			s.Href = filePath(v.Number, f.N)
			if f.Type != string(file.PDF) {
				s.Thumb = s.Href + "/thumb"
			}
		}
		if !f.Present() {
			s.Label = fmt.Sprintf("换下的，%s", momentOf(f.At))
			out.Old = append(out.Old, s)
			continue
		}
		if f.Unclear != nil {
			s.Note, s.Reason = "不清楚", f.Unclear.Reason+"（"+f.Unclear.By.Name+"）"
			if v.MayAttach {
				s.Again = addOf(a, v, i, strconv.Itoa(f.N))
			}
		}
		if v.MayRemove {
			s.Remove = filePath(v.Number, f.N) + "/remove"
		}
		out.List = append(out.List, s)
	}
	if v.MayAttach && v.Materials[i].Status != cases.MaterialNotNeeded {
		out.Add = addOf(a, v, i, "")
		out.Add.Mistake = mistake
	}
	return out
}

func addOf(a access.Actor, v cases.View, i int, replaces string) *shotAdd {
	return &shotAdd{Action: casePath(v.Number) + "/files", Uploads: casePath(v.Number) + "/uploads", Material: v.Materials[i].Name, Replaces: replaces,
		ID: fmt.Sprintf("shots-%d-%s", i, replaces), Account: a.Account, Camera: a.Role == access.Agent}
}

// counterShots is the box of a paper on the counter's form: its photographs wait in the form's basket.
func counterShots(r counterRow) shotAdd {
	return shotAdd{Uploads: "/uploads", Basket: "form", Material: r.Name, ID: fmt.Sprintf("shots-%d", r.Index), Camera: true}
}

// lookAt is the first file that is still to be looked at; empty when there is none.
func lookAt(a access.Actor, v cases.View) string {
	if v.Whole == nil || !access.Allows(a.Role, access.SeeFile) {
		return ""
	}
	if i := slices.IndexFunc(v.Files, cases.FileView.Present); i >= 0 {
		return filePath(v.Number, v.Files[i].N)
	}
	return ""
}
