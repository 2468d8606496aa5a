package access

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"

	"bianmin/internal/journal"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// Account is one person's (or post's) way in.
type Account struct {
	Account  string     `json:"account"`
	Name     string     `json:"name"`
	Role     Role       `json:"role"`
	Place    place.Code `json:"place"`
	Unit     string     `json:"unit,omitempty"`
	Disabled bool       `json:"disabled"`

	password string // stored form; empty opens for nobody
	factors  string // stored form, so that accounts can be compared
	events   int64
}

// Actor is the account at its post.
func (a Account) Actor() Actor {
	return Actor{Account: a.Account, Name: a.Name, Role: a.Role, Place: a.Place, Unit: a.Unit}
}

// HasPassword says that somebody can sign in with it.
func (a Account) HasPassword() bool { return a.password != "" }

// The kinds of entry about an account.
const (
	KindAdded       = "added"
	KindChanged     = "changed"
	KindEnded       = "sessions_ended"
	KindPasswordSet = "password_set"
	KindReset       = "reset"
	KindDisabled    = "disabled"
	KindEnabled     = "enabled"
	KindSignedIn    = "signed_in"
	KindSignedOut   = "signed_out"
	KindPaused      = "sign_in_paused"
	// KindLooked: somebody looked at other people's data that stand in no case.
	KindLooked = "looked"
)

// added is the data of KindAdded.
type added struct {
	Name  string     `json:"name"`
	Role  Role       `json:"role"`
	Place place.Code `json:"place"`
	Unit  string     `json:"unit,omitempty"`
	// Password is the fingerprint of the stored form: it proves which one was set and opens nothing.
	Password string `json:"password,omitempty"`
}

// changed is the data of KindChanged: how it is from now on.
type changed struct {
	Name  string     `json:"name"`
	Role  Role       `json:"role"`
	Place place.Code `json:"place"`
	Unit  string     `json:"unit,omitempty"`
}

// ended is the data of KindEnded: whose session somebody ended, by its device and address.
type ended struct {
	Device  string `json:"device,omitempty"`
	Address string `json:"address,omitempty"`
	All     bool   `json:"all,omitempty"`
}

type passwordSet struct {
	Password string `json:"password"`
}

func fingerprint(stored string) string {
	if stored == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(stored))
	return hex.EncodeToString(sum[:])
}

// evolve applies one entry. The password of the result is its fingerprint: the entry holds no more.
func (a *Account) evolve(e journal.Entry) error {
	a.events = e.Seq
	known, err := a.evolveFactors(e.Kind, e.Data, e.At)
	if err != nil {
		return fmt.Errorf("%s %d: %w", e.Subject, e.Seq, err)
	}
	switch e.Kind {
	case KindChanged:
		var d changed
		if err := json.Unmarshal(e.Data, &d); err != nil {
			return fmt.Errorf("%s %d: %w", e.Subject, e.Seq, err)
		}
		a.Name, a.Role, a.Place, a.Unit = d.Name, d.Role, d.Place, d.Unit
	case KindAdded:
		var d added
		if err := json.Unmarshal(e.Data, &d); err != nil {
			return fmt.Errorf("%s %d: %w", e.Subject, e.Seq, err)
		}
		a.Account, a.Name, a.Role, a.Place, a.Unit, a.password = accountOf(e.Subject), d.Name, d.Role, d.Place, d.Unit, d.Password
	case KindPasswordSet:
		var d passwordSet
		if err := json.Unmarshal(e.Data, &d); err != nil {
			return fmt.Errorf("%s %d: %w", e.Subject, e.Seq, err)
		}
		a.password = d.Password
	case KindReset:
		a.password = ""
	case KindDisabled:
		a.Disabled = true
	case KindEnabled:
		a.Disabled = false
	case KindSignedOut, KindPaused, KindEnded, KindLooked:
	default:
		if known {
			break
		}
		return fmt.Errorf("%s %d: unknown kind %q", e.Subject, e.Seq, e.Kind)
	}
	return nil
}

const subjectPrefix = "account/"

func subjectOf(account string) string { return subjectPrefix + account }
func accountOf(subject string) string { return subject[len(subjectPrefix):] }

var accountForm = regexp.MustCompile(`^[a-z][a-z0-9-]{1,59}$`)

// check is the rule of a new account.
func (a Account) check(places *place.Directory) *problem.Problem {
	var wrong []problem.Field
	bad := func(path, code, message string) {
		wrong = append(wrong, problem.Field{Path: path, Code: code, Message: message})
	}
	if !accountForm.MatchString(a.Account) {
		bad("account", "bad_account", "账号用小写字母开头，只能有小写字母、数字和短横线，最多 60 位")
	}
	if a.Name == "" || len([]rune(a.Name)) > 50 {
		bad("name", "bad_name", "请写姓名，最多 50 个字")
	}
	if !a.Role.Known() {
		bad("role", "unknown_role", "没有这种岗位")
	}
	p, ok := places.Place(a.Place)
	if !ok {
		bad("place", "unknown_place", "没有这个地方，请照 12 位区划代码核对")
	} else if message := a.placeFits(p, places); message != "" && a.Role.Known() {
		bad("place", "wrong_tier", message)
	}
	unit, ok := places.Unit(a.Unit)
	switch ofUnit := a.Role == Unit || a.Role == Chief; {
	case ofUnit && !ok:
		bad("unit", "unknown_unit", "没有这个部门")
	case a.Role == Chief && unit.Tier == place.TownTier:
		bad("unit", "no_chief", "镇里的部门由站长批，不另设负责人")
	case !ofUnit && a.Unit != "":
		bad("unit", "no_unit", "这个岗位不属于部门")
	}
	return problem.WrongFields(wrong)
}

// placeFits says in words what is wrong with the tier of the post, if anything.
func (a Account) placeFits(p place.Place, places *place.Directory) string {
	want := place.Centre
	switch a.Role {
	case Agent:
		want = place.Room
	case Clerk, Desk, Head:
		want = place.Station
	case Unit:
		if u, ok := places.Unit(a.Unit); ok && u.Tier == place.TownTier {
			want = place.Station
		}
	}
	if p.Kind == want {
		return ""
	}
	return map[place.Kind]string{
		place.Room:    "这个岗位在村（社区）便民服务室",
		place.Station: "这个岗位在镇（街道）便民服务站",
		place.Centre:  "这个岗位在市政务服务中心",
	}[want]
}
