package access

import "slices"

// Permission is one thing that a route or a verb does. Whether it may be done to this very case is the case's own
// rule; a role without the permission never may.
type Permission string

// The permissions. Public routes need none, and say so by Public.
const (
	Public     Permission = "public"
	SignedIn   Permission = "signed_in"
	ReadPlaces Permission = "read_places"
	ReadItems  Permission = "read_items"
	ReadCases  Permission = "read_cases"
	FileCase   Permission = "file_case"

	ReceiveCase  Permission = "receive"
	NotifyCase   Permission = "notify"
	CorrectCase  Permission = "correct"
	AcceptCase   Permission = "accept"
	RejectCase   Permission = "reject"
	TakeCase     Permission = "take"
	PassCase     Permission = "pass"
	ReturnCase   Permission = "return"
	SuspendCase  Permission = "suspend"
	ResumeCase   Permission = "resume"
	DecideCase   Permission = "decide"
	DeliverCase  Permission = "deliver"
	WithdrawCase Permission = "withdraw"
	VoidCase     Permission = "void"
	AmendCase    Permission = "amend"
	RevealCase   Permission = "reveal"
	ExtendCase   Permission = "extend"
	ApproveCase  Permission = "approve_extension"
	HandCase     Permission = "hand"
	ReadFaults   Permission = "read_faults"
	ReadBoard    Permission = "read_board"   // where things stand in a town or the city
	ReadExports  Permission = "read_exports" // who took which list out
	ConveyCase   Permission = "convey"
	EndMove      Permission = "end_move" // of papers that will not arrive
	EntrustCase  Permission = "entrust"
	ServeCase    Permission = "serve"
	ReadLedger   Permission = "read_ledger"  // all that a counter or a room did on a day
	KeepLedger   Permission = "keep_ledger"  // issue it, numbered
	SettleWords  Permission = "settle_words" // what a place may word in its papers
	Settle       Permission = "settle"       // the calendar and what the law leaves to the place

	EditPlaces     Permission = "edit_places" // hours, telephones; see Actor.EditsPlace
	AttachFile     Permission = "attach_file"
	SeeFile        Permission = "see_file" // photographs show everything in full, so whoever may not reveal may not look
	MarkFile       Permission = "mark_file"
	GiveBack       Permission = "give_back"
	AgentPage      Permission = "agent_page"
	ManageAccounts Permission = "manage_accounts"
	MoveClock      Permission = "move_clock"
	ReadMessages   Permission = "read_messages"

	AskAbout    Permission = "ask"
	AnswerCase  Permission = "answer"
	ReadRatings Permission = "read_ratings"
	CallBack    Permission = "call_back"

	OwnCases   Permission = "own_cases"   // a citizen's own: reading, asking, withdrawing, rating
	FileOnline Permission = "file_online" // a citizen's filing from afar
	SendFile   Permission = "send_file"   // a citizen's photographs for the own case
)

var (
	everyone   = []Role{Agent, Clerk, Desk, Head, Unit, Chief, Supervisor, Inspector, Admin}
	caseReader = []Role{Agent, Clerk, Desk, Head, Unit, Chief, Supervisor, Inspector}
	front      = []Role{Agent, Clerk}             // those who meet the applicant
	owners     = []Role{Agent, Clerk, Desk, Unit} // those who can own a step
)

// table is the whole of who may do what. A permission that is not here is nobody's.
var table = map[Permission][]Role{
	SignedIn:       everyone,
	ReadPlaces:     everyone,
	ReadItems:      everyone,
	ReadCases:      caseReader,
	FileCase:       front,
	ReceiveCase:    front,
	NotifyCase:     front,
	CorrectCase:    front,
	AcceptCase:     front,
	RejectCase:     front,
	TakeCase:       {Agent, Clerk, Desk, Unit, Head, Chief},
	PassCase:       owners,
	ReturnCase:     owners,
	SuspendCase:    owners,
	ResumeCase:     owners,
	DecideCase:     owners,
	DeliverCase:    owners,
	WithdrawCase:   {Agent, Clerk, Citizen},
	VoidCase:       {Clerk, Head},
	AmendCase:      front,
	RevealCase:     {Agent, Clerk, Desk, Head, Unit, Chief, Supervisor},
	ExtendCase:     owners,
	ApproveCase:    {Head, Chief},
	HandCase:       {Agent, Clerk, Desk, Unit, Head, Chief},
	ReadFaults:     caseReader,
	ReadBoard:      {Head, Supervisor, Inspector},
	ReadExports:    {Head, Supervisor, Inspector},
	ConveyCase:     owners,
	EndMove:        {Agent, Clerk, Desk, Unit, Head},
	EntrustCase:    front,
	ServeCase:      owners,
	ReadLedger:     {Agent, Clerk, Desk, Head, Supervisor, Inspector},
	KeepLedger:     {Agent, Clerk, Desk, Head},
	SettleWords:    {Head, Chief},
	Settle:         {Admin},
	EditPlaces:     {Admin, Head},
	AttachFile:     owners,
	SeeFile:        {Agent, Clerk, Desk, Head, Unit, Chief, Supervisor},
	MarkFile:       {Clerk, Desk, Unit},
	GiveBack:       front,
	AgentPage:      {Agent},
	ManageAccounts: {Admin},
	MoveClock:      {Admin},
	ReadMessages:   {Admin},
	AskAbout:       {Citizen},
	AnswerCase:     {Agent, Clerk, Desk, Head, Unit, Chief},
	ReadRatings:    {Head, Supervisor, Inspector},
	CallBack:       {Head},
	OwnCases:       {Citizen},
	FileOnline:     {Citizen},
	SendFile:       {Citizen},
}

// Owners lists the roles that can answer for a case.
func Owners() []Role { return slices.Clone(table[TakeCase]) }

// Permissions lists every permission there is, Public included.
func Permissions() []Permission {
	list := []Permission{Public}
	for p := range table {
		list = append(list, p)
	}
	slices.Sort(list)
	return list
}

// Known says whether the permission stands in the table.
func (p Permission) Known() bool {
	_, ok := table[p]
	return ok || p == Public
}

// OfCitizens says that the permission is the citizens' alone: its routes want a citizen's session, all others that are
// not public an account's.
func (p Permission) OfCitizens() bool { return slices.Equal(table[p], []Role{Citizen}) }

// Allows says whether the role ever may.
func Allows(r Role, p Permission) bool {
	return p == Public || slices.Contains(table[p], r)
}
