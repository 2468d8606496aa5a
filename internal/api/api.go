package api

import (
	"context"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"bianmin/internal/access"
	"bianmin/internal/calendar"
	"bianmin/internal/cases"
	"bianmin/internal/citizen"
	"bianmin/internal/draft"
	"bianmin/internal/export"
	"bianmin/internal/file"
	"bianmin/internal/filing"
	"bianmin/internal/gate"
	"bianmin/internal/guide"
	"bianmin/internal/ident"
	"bianmin/internal/item"
	"bianmin/internal/journal"
	"bianmin/internal/paper"
	"bianmin/internal/place"
	"bianmin/internal/rating"
	"bianmin/internal/reference"
	"bianmin/internal/sms"
)

// Parts are what the API is put together from.
type Parts struct {
	Access *access.Service
	Cases  *cases.Service
	Papers *paper.Service
	Drafts *draft.Service
	Files  *file.Service
	// People signs citizens in and out, Ratings is what they said of how they were served, Messages the outbox.
	People   *citizen.Service
	Ratings  *rating.Service
	Messages *sms.Service
	Places   *place.Directory
	Items    *item.Catalogue
	Guide    *guide.Desk
	// Filings takes applications from home; PhoneOf is the telephone of a citizen's session.
	Filings *filing.Service
	PhoneOf func(ctx context.Context, token string) (ident.Phone, error)
	Log     *slog.Logger
	// Exports is the record of who took which list out; ExportsNow its clock.
	Exports    *export.Service
	ExportsNow func() time.Time

	Calendar  func() *calendar.Calendar
	Import    Importing
	Policy    func() cases.Policy
	SetPolicy func(ctx context.Context, by access.Actor, p cases.Policy) error
	// Prove shows that an entry of a case is in the signed log; the last one when seq is 0.
	Prove func(ctx context.Context, number string, seq int64) (journal.Proof, error)
	// Contacts are how places are reached; SetContacts tells it anew, ContactHistory who told what.
	Contacts       *place.Book
	SetContacts    func(ctx context.Context, by access.Actor, list []place.Contact) error
	ContactHistory func(ctx context.Context, code place.Code) ([]reference.ContactSet, error)
	// SetFactorRule says whether the demonstration requires second factors of the powerful; nil outside it.
	SetFactorRule func(ctx context.Context, by access.Actor, required bool) error
	// Public is where the program is reached from outside, if that was told.
	Public string
	// MoveClock moves the demonstration's clock to an instant and returns when everything due on the way has happened;
	// nil outside the demonstration. Now is the service's instant.
	MoveClock func(ctx context.Context, actor access.Actor, to time.Time) error
	Now       func() time.Time
}

// API is the JSON API.
type API struct {
	Parts
	log  *slog.Logger
	huma huma.API
	mux  *gateMux
}

// New puts the API together; Register adds its routes.
func New(p Parts) *API { return &API{Parts: p, log: p.Log} }

// gateMux lets huma register its operations at the gate: each with the route that was announced for it.
type gateMux struct {
	gate *gate.Gate
	next gate.Route
}

// HandleFunc is what huma calls for each operation.
func (m *gateMux) HandleFunc(pattern string, handler func(http.ResponseWriter, *http.Request)) {
	route := m.next
	route.Pattern, route.Face = pattern, gate.API
	m.gate.Handle(route, http.HandlerFunc(handler))
}

func (m *gateMux) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.gate.ServeHTTP(w, r) }

// Register adds the API's routes to the gate.
func (a *API) Register(g *gate.Gate) error {
	config := huma.DefaultConfig("便民服务平台", "1")
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", "" // huma's own page loads from elsewhere
	config.CreateHooks = nil                                             // no $schema in answers
	config.RejectUnknownQueryParameters = true
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	config.Info.Description = "市政务服务中心、镇（街道）便民服务站、村（社区）便民服务室的办件接口。"
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"bearer": {Type: "http", Scheme: "bearer"}}
	config.Security = []map[string][]string{{"bearer": {}}}
	a.mux = &gateMux{gate: g}
	a.huma = humago.New(a.mux, config)
	a.registerSessions()
	a.registerPlaces()
	a.registerAccounts()
	a.registerMe()
	a.registerItems()
	a.registerGuide()
	a.registerCases()
	a.registerVerbs()
	a.registerPeople()
	a.registerDrafts()
	a.registerBoard()
	a.registerProof()
	a.registerPapers()
	a.registerMy()
	a.registerFiling()
	a.registerRatings()
	a.registerFiles()
	a.registerLaw()
	a.registerCalendar()
	if a.MoveClock != nil {
		a.registerDemo()
	}
	return a.registerDocs(g)
}

// schemaName tells apart types of one name: the catalogue's and the cases' both know materials and limits.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	switch {
	case strings.HasSuffix(t.PkgPath(), "/rating"):
		return "Rating" + name
	case strings.HasSuffix(t.PkgPath(), "/sms"):
		return "Message" + name
	}
	if strings.HasSuffix(t.PkgPath(), "/item") || strings.HasSuffix(t.PkgPath(), "/calendar") {
		return "Item" + name
	}
	if strings.HasSuffix(t.PkgPath(), "/guide") {
		return "Guide" + name
	}
	return name
}

// operation registers one operation with its route.
func operation[I, O any](a *API, route gate.Route, op huma.Operation, handler func(context.Context, *I) (*O, error)) {
	a.mux.next = route
	op.Errors = nil
	op.MaxBodyBytes, op.BodyReadTimeout = -1, -1 // the gate has read the body, within its own bounds
	if route.Permission == access.Public {
		op.Security = []map[string][]string{}
	}
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handler(ctx, in)
		if err != nil {
			return nil, a.wrap(err)
		}
		return out, nil
	})
}

// actor is who makes the request; the gate has let nobody else in.
func actor(ctx context.Context) access.Actor {
	who, _ := gate.Actor(ctx)
	return who
}
