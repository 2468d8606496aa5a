package access

import "slices"

// Role is what an account is for. One account has one role.
type Role string

// The roles.
const (
	Agent      Role = "agent"      // 代办员 of a village room
	Clerk      Role = "clerk"      // at a town station's counter
	Desk       Role = "desk"       // at a town station's back desk
	Head       Role = "head"       // of a town station
	Unit       Role = "unit"       // a department or enterprise that owns steps
	Chief      Role = "chief"      // of a unit: approves what its people ask for
	Supervisor Role = "supervisor" // of the centre
	Inspector  Role = "inspector"  // reads all, changes nothing
	Admin      Role = "admin"      // accounts and settings; sees no case
)

// Citizen is whoever signed in with a code to a telephone. It is no role of an account: the cases that it sees are those
// that were filed with this telephone.
const Citizen Role = "citizen"

// Roles lists them with the names that people read.
var Roles = []struct {
	Role    Role
	Chinese string
}{
	{Agent, "代办员"}, {Clerk, "窗口人员"}, {Desk, "经办人员"}, {Head, "站长"},
	{Unit, "部门经办"}, {Chief, "部门负责人"}, {Supervisor, "监督人员"}, {Inspector, "督查人员"}, {Admin, "系统管理员"},
}

// Chinese is the role's name.
func (r Role) Chinese() string {
	for _, x := range Roles {
		if x.Role == r {
			return x.Chinese
		}
	}
	if r == Citizen {
		return "申请人"
	}
	return string(r)
}

// Known says whether r is one of the roles that an account can have.
func (r Role) Known() bool { return r != Citizen && r.Chinese() != string(r) }

// powerful are the roles with power over others: over accounts and settings, over what colleagues decide, over every case
// of a town or the city. They need a second factor.
var powerful = []Role{Admin, Supervisor, Head, Chief}

// NeedsFactor says whether the role needs a second factor.
func (r Role) NeedsFactor() bool { return slices.Contains(powerful, r) }
