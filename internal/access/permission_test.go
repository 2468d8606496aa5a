package access

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"

	"bianmin/internal/place"
)

// declared reads the constants of a type from the source, so that none can be forgotten here.
func declared(t *testing.T, file, typeName string) []string {
	t.Helper()
	source, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	ast.Inspect(source, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || spec.Type == nil || len(spec.Values) != 1 {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); !ok || name.Name != typeName {
			return true
		}
		value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, value)
		return true
	})
	if len(list) == 0 {
		t.Fatalf("no %s in %s", typeName, file)
	}
	return list
}

func allRoles(t *testing.T) []Role {
	t.Helper()
	var roles []Role
	for _, r := range declared(t, "role.go", "Role") {
		roles = append(roles, Role(r))
	}
	return roles
}

func TestEveryPermissionIsSomebodys(t *testing.T) {
	names := declared(t, "permission.go", "Permission")
	for _, name := range names {
		p := Permission(name)
		if !p.Known() {
			t.Errorf("%s is not in the table", p)
		}
		if !slices.ContainsFunc(allRoles(t), func(r Role) bool { return Allows(r, p) }) {
			t.Errorf("%s is nobody's", p)
		}
	}
	var listed []string
	for _, p := range Permissions() {
		listed = append(listed, string(p))
	}
	wants(t, "the list", listed, names)
	for p, roles := range table {
		for i, r := range roles {
			if !r.Known() && r != Citizen || slices.Contains(roles[:i], r) {
				t.Errorf("%s is given to %s, which is no role or stands twice", p, r)
			}
		}
	}
}

func TestEveryRoleHasAName(t *testing.T) {
	var listed []Role
	for _, r := range Roles {
		listed = append(listed, r.Role)
		if !r.Role.Known() || r.Role.Chinese() != r.Chinese || r.Chinese == "" {
			t.Errorf("%s: %q", r.Role, r.Role.Chinese())
		}
	}
	wants(t, "the list", append(listed, Citizen), allRoles(t))
	if Role("king").Known() || Role("").Known() || Citizen.Known() {
		t.Error("a role that is not is known")
	}
}

// What each may, in the words of the design.
func TestWhoMayDoWhat(t *testing.T) {
	signedIn := []Permission{Public, SignedIn, ReadPlaces, ReadItems}
	reader := append(slices.Clone(signedIn), ReadCases, ReadFaults)
	answers := []Permission{TakeCase, HandCase, RevealCase, AnswerCase, SeeFile} // who can answer for a matter
	step := slices.Concat(answers, []Permission{PassCase, ReturnCase, SuspendCase, ResumeCase, DecideCase, DeliverCase, ExtendCase, AttachFile, ConveyCase, EndMove, ServeCase})
	applicant := []Permission{FileCase, ReceiveCase, NotifyCase, CorrectCase, AcceptCase, RejectCase, WithdrawCase, AmendCase, GiveBack, EntrustCase}
	for role, may := range map[Role][]Permission{
		Agent:      slices.Concat(reader, step, applicant, []Permission{AgentPage, ReadLedger, KeepLedger}),
		Clerk:      slices.Concat(reader, step, applicant, []Permission{VoidCase, MarkFile, ReadLedger, KeepLedger}),
		Desk:       slices.Concat(reader, step, []Permission{MarkFile, ReadLedger, KeepLedger}),
		Unit:       slices.Concat(reader, step, []Permission{MarkFile}),
		Head:       slices.Concat(reader, answers, []Permission{VoidCase, EndMove, ApproveCase, ReadRatings, CallBack, EditPlaces, ReadBoard, ReadExports, ReadLedger, KeepLedger, SettleWords}),
		Chief:      slices.Concat(reader, answers, []Permission{ApproveCase, SettleWords}),
		Supervisor: slices.Concat(reader, []Permission{RevealCase, SeeFile, ReadRatings, ReadBoard, ReadExports, ReadLedger}),
		Inspector:  slices.Concat(reader, []Permission{ReadRatings, ReadBoard, ReadExports, ReadLedger}),               // reads all, changes nothing
		Admin:      slices.Concat(signedIn, []Permission{EditPlaces, ManageAccounts, MoveClock, Settle, ReadMessages}), // accounts and settings; sees no case
		Citizen:    {Public, OwnCases, FileOnline, SendFile, AskAbout, WithdrawCase},
		"":         {Public},
		"king":     {Public},
	} {
		var got []Permission
		for _, p := range Permissions() {
			if Allows(role, p) {
				got = append(got, p)
			}
		}
		wants(t, string(role), got, may)
	}
}

func TestWhatIsOfCitizensIsNobodyElses(t *testing.T) {
	for _, p := range Permissions() {
		if want := slices.Contains([]Permission{OwnCases, FileOnline, SendFile, AskAbout}, p); p.OfCitizens() != want {
			t.Errorf("%s: %v", p, !want)
		}
	}
}

func TestAPermissionThatIsNotInTheTableIsNobodys(t *testing.T) {
	for _, p := range []Permission{"", "crown", "Public"} {
		if p.Known() {
			t.Errorf("%q is known", p)
		}
		for _, r := range allRoles(t) {
			if Allows(r, p) {
				t.Errorf("%s may %q", r, p)
			}
		}
	}
}

func TestWhereWorkWaits(t *testing.T) {
	const room, town, city = place.Code("610881101200"), place.Code("610881101000"), place.Code("610881000000")
	for _, tt := range []struct {
		actor     Actor
		post      Post
		all, town bool
	}{
		{Actor{Role: Agent, Place: room}, "agent:610881101200", false, false},
		{Actor{Role: Clerk, Place: town}, "counter:610881101000", false, true},
		{Actor{Role: Desk, Place: town}, "desk:610881101000", false, true},
		{Actor{Role: Head, Place: town}, "head:610881101000", false, true},
		{Actor{Role: Unit, Place: city, Unit: "minzheng"}, "unit:minzheng", false, false},
		{Actor{Role: Unit, Place: town, Unit: "paichusuo"}, "unit:paichusuo:610881101000", false, false},
		{Actor{Role: Chief, Place: city, Unit: "minzheng"}, "chief:minzheng", false, false},
		{Actor{Role: Supervisor, Place: city}, "", true, false},
		{Actor{Role: Inspector, Place: city}, "", true, false},
		{Actor{Role: Admin, Place: city}, "", false, false},
		{Actor{}, "", false, false},
	} {
		if got := tt.actor.Post(); got != tt.post || tt.actor.SeesAll() != tt.all || tt.actor.SeesTown() != tt.town {
			t.Errorf("%+v: %q, sees all %v, the town %v", tt.actor, got, tt.actor.SeesAll(), tt.actor.SeesTown())
		}
	}
}

// What a unit's people and its chief see is what a step of it waits for; nobody else belongs to a unit.
func TestOfWhichUnit(t *testing.T) {
	const town, city = place.Code("610881101000"), place.Code("610881000000")
	for _, tt := range []struct {
		actor Actor
		unit  Post
	}{
		{Actor{Role: Unit, Place: city, Unit: "minzheng"}, "unit:minzheng"},
		{Actor{Role: Chief, Place: city, Unit: "minzheng"}, "unit:minzheng"},
		{Actor{Role: Unit, Place: town, Unit: "paichusuo"}, "unit:paichusuo:610881101000"},
		{Actor{Role: Desk, Place: town}, ""},
		{Actor{Role: Head, Place: town}, ""},
		{Actor{Role: Supervisor, Place: city}, ""},
	} {
		if got := tt.actor.OfUnit(); got != tt.unit {
			t.Errorf("%+v: %q", tt.actor, got)
		}
	}
}

// Who can answer for a matter is who can take it: a matter is handed to nobody else.
func TestWhoCanAnswerForAMatter(t *testing.T) {
	wants(t, "the list", Owners(), []Role{Agent, Clerk, Desk, Unit, Head, Chief})
	Owners()[0] = "king"
	if Allows("king", TakeCase) {
		t.Error("the table can be changed from outside")
	}
}
