package access

import (
	"encoding/base64"
	"strings"
	"testing"
)

// 等保: eight characters at least, three kinds of them, not the account's own name.
func TestCheckNewPassword(t *testing.T) {
	for what, tt := range map[string]struct{ password, want string }{
		"three kinds":                   {"Abcdef12", ""},
		"a symbol for a capital":        {"abcdef-1", ""},
		"four kinds":                    {"Abcde-12", ""},
		"Chinese counts as a symbol":    {"便民服务窗口Ab", ""},
		"eight characters beyond BMP":   {"𠮷𠮷𠮷𠮷𠮷𠮷aB", ""},
		"two hundred":                   {strings.Repeat("aB1-", 50), ""},
		"a blank is a symbol":           {"abc def 1", ""},
		"nothing":                       {"", "too_short"},
		"seven":                         {"Abcde12", "too_short"},
		"seven that are many bytes":     {"便民服务窗口A", "too_short"},
		"two hundred and one":           {strings.Repeat("aB1-", 50) + "x", "too_long"},
		"two kinds":                     {"abcdefg1", "too_simple"},
		"letters alone":                 {"Abcdefgh", "too_simple"},
		"digits alone":                  {"12345678", "too_simple"},
		"Chinese alone":                 {"便民服务窗口人员", "too_simple"},
		"the account":                   {"clerk-1-A", "contains_account"},
		"the account in capitals":       {"xCLERK-1x", "contains_account"},
		"the account at the end":        {"Mima9clerk-1", "contains_account"},
		"half the account is no matter": {"Clerk-23", ""},
	} {
		p := CheckNewPassword("clerk-1", tt.password)
		got := ""
		if p != nil {
			if len(p.Fields) != 1 || p.Fields[0].Path != "password" || strings.Contains(p.Fields[0].Message, tt.password) && tt.password != "" {
				t.Errorf("%s: %+v", what, p)
			}
			got = p.Fields[0].Code
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", what, got, tt.want)
		}
	}
}

func TestAHashOpensWithItsPasswordAlone(t *testing.T) {
	for _, password := range []string{"", right, "便民服务窗口Ab", strings.Repeat("x", 200), "\x00"} {
		stored := HashPassword(password)
		if !checkPassword(stored, password) {
			t.Errorf("%q does not open %s", password, stored)
		}
		for _, other := range []string{password + " ", strings.ToUpper(password) + "x", "\x00" + password} {
			if checkPassword(stored, other) {
				t.Errorf("%q opens the hash of %q", other, password)
			}
		}
		if strings.Contains(stored, "便民") || password != "" && password != "\x00" && strings.Contains(stored, password) {
			t.Errorf("the hash shows the password: %s", stored)
		}
	}
	if again := HashPassword(right); again == hashed {
		t.Error("two hashes share a salt")
	}
}

func TestWhatAPasswordCosts(t *testing.T) {
	cheap := cost
	cost = asShipped
	defer func() { cost = cheap }()
	stored := HashPassword(right)
	if want := "$argon2id$v=19$m=19456,t=2,p=1$"; !strings.HasPrefix(stored, want) {
		t.Errorf("the cost is %s, want at least %s (OWASP)", stored, want)
	}
	if !checkPassword(stored, right) || checkPassword(stored, wrong) {
		t.Error("it does not open, or with anything")
	}
}

// A hash made at another cost still opens, so that the cost can be raised.
func TestAHashOfAnotherCost(t *testing.T) {
	const stored = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$"
	sum := argon("x", []byte("somesaltsomesalt"), 1, 64, 1)
	if !checkPassword(stored+base64.RawStdEncoding.EncodeToString(sum), "x") || checkPassword(stored+base64.RawStdEncoding.EncodeToString(sum), "y") {
		t.Error("it does not open, or with anything")
	}
}

func TestAStoredFormThatCannotBeReadOpensForNobody(t *testing.T) {
	parts := strings.Split(hashed, "$")
	with := func(i int, s string) string {
		changed := append([]string{}, parts...)
		changed[i] = s
		return strings.Join(changed, "$")
	}
	for what, stored := range map[string]string{
		"nothing": "", "words": "secret", "another kind": with(1, "argon2i"), "another version": with(2, "v=16"), "no version": with(2, ""),
		"no cost": with(3, ""), "a bad salt": with(4, "?"), "a bad sum": with(5, "?"), "an empty sum": with(5, ""), "a short sum": with(5, parts[5][:20]),
		"one part more": hashed + "$x", "no passes": with(3, "m=19456,t=0,p=1"), "no threads": with(3, "m=19456,t=2,p=0"),
	} {
		if checkPassword(stored, right) || checkPassword(stored, "") {
			t.Errorf("%s opens", what)
		}
	}
}

func FuzzStoredForm(f *testing.F) {
	f.Add(hashed, wrong)
	f.Add("$argon2id$v=19$m=64,t=1,p=1$$", "")
	f.Fuzz(func(t *testing.T, stored, password string) {
		if len(stored) > 200 || strings.Contains(stored, "m=") && !strings.Contains(stored, "m=64,t=1,p=1") {
			return // its cost could be anything
		}
		if checkPassword(stored, password) {
			t.Errorf("%q opens %q", password, stored)
		}
	})
}
