package item

// entry is what a closed list knows of one of its values: the Chinese name, and the code of
// the standard where it has one.
type entry struct{ chinese, code string }

// Kind tells whether the item is finished while the citizen waits (GB/T 39046-2020 A.6).
type Kind string

const (
	OnTheSpot Kind = "on_the_spot"
	Promised  Kind = "promised"
)

var kinds = map[Kind]entry{OnTheSpot: {"即办件", "1"}, Promised: {"承诺件", "2"}}

func (k Kind) Known() bool     { _, ok := kinds[k]; return ok }
func (k Kind) Chinese() string { return kinds[k].chinese }
func (k Kind) Code() string    { return kinds[k].code }

// Type is the item's type in GB/T 39046-2020 A.1; from 21 on it is free for local use.
type Type string

const (
	Licensing     Type = "01"
	Granting      Type = "05"
	Confirming    Type = "07"
	Rewarding     Type = "08"
	OtherPower    Type = "10"
	PublicService Type = "20"
	Convenience   Type = "21"
)

var types = map[Type]string{
	"01": "行政许可", "02": "行政处罚", "03": "行政强制", "04": "行政征收", "05": "行政给付", "06": "行政检查",
	"07": "行政确认", "08": "行政奖励", "09": "行政裁决", "10": "其他类别事项", "20": "公共服务事项", "21": "便民服务事项",
}

func (t Type) Known() bool     { return types[t] != "" }
func (t Type) Chinese() string { return types[t] }

// Regime is the body of rules that an item's cases live under. Only Licence may cite the
// articles of the licensing law on papers and pages.
type Regime string

const (
	Licence      Regime = "licence"
	Relief       Regime = "relief"
	Insurance    Regime = "insurance"
	Household    Regime = "household"
	Confirmation Regime = "confirmation"
	Service      Regime = "service"
	Utility      Regime = "utility"
	Party        Regime = "party"
)

var regimes = map[Regime]string{
	Licence: "行政许可", Relief: "社会救助和补贴", Insurance: "社会保险", Household: "户籍和证件",
	Confirmation: "确认登记", Service: "公共服务", Utility: "水电气和通讯", Party: "党务",
}

func (r Regime) Known() bool     { return regimes[r] != "" }
func (r Regime) Chinese() string { return regimes[r] }

// Serves is whom the item is for.
type Serves string

const (
	Persons       Serves = "person"
	Organisations Serves = "organisation"
	Both          Serves = "both"
)

var serves = map[Serves]string{Persons: "个人", Organisations: "单位", Both: "个人和单位"}

func (s Serves) Known() bool     { return serves[s] != "" }
func (s Serves) Chinese() string { return serves[s] }

// ResultKind is what the citizen has at the end.
type ResultKind string

const (
	Certificate  ResultKind = "certificate"
	Payment      ResultKind = "payment"
	Registration ResultKind = "registration"
	Answer       ResultKind = "answer"
	Served       ResultKind = "service"
)

var resultKinds = map[ResultKind]string{
	Certificate: "证照", Payment: "发放资金", Registration: "登记", Answer: "答复", Served: "服务",
}

func (r ResultKind) Known() bool     { return resultKinds[r] != "" }
func (r ResultKind) Chinese() string { return resultKinds[r] }

// LifeEvents are the occasions that people look for items by, in the order they are shown.
var lifeEvents = []string{
	"出生", "上学", "就业", "结婚", "生育", "看病", "养老", "残疾", "困难救助", "种地", "住房", "证件", "去世",
	"创业", "缴费", "党员", "法律", "其他",
}

// LifeEvents lists them; the answer is the caller's own.
func LifeEvents() []string { return append([]string(nil), lifeEvents...) }
