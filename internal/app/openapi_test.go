package app_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"bianmin/internal/cases"
)

// description is /api/openapi.json, which programs are made from.
type description struct {
	schemas *jsonschema.Compiler
	doc     struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			OperationID string
			Parameters  []struct {
				Name, In string
				Required bool
			}
			RequestBody struct {
				Required bool
				Content  map[string]struct {
					Schema struct {
						Ref string `json:"$ref"`
					}
				}
			}
			Responses map[string]json.RawMessage
		}
		Components struct {
			Schemas map[string]struct {
				Required             []string
				Properties           map[string]json.RawMessage
				AdditionalProperties any
			}
		}
	}
}

func describedBy(t *testing.T, h *house) *description {
	t.Helper()
	d, raw := &description{schemas: jsonschema.NewCompiler()}, h.nobody().get(t, "/api/openapi.json").want(t, 200)
	raw.into(t, &d.doc)
	whole, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw.raw))
	if err == nil {
		err = d.schemas.AddResource("openapi.json", whole)
	}
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// fits checks a value against a schema of the description.
func (d *description) fits(t *testing.T, pointer string, raw []byte) {
	t.Helper()
	schema, err := d.schemas.Compile("openapi.json#" + pointer)
	if err != nil {
		t.Errorf("%s: %v", pointer, err)
		return
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		t.Errorf("%s: %v\n%s", pointer, err, short(raw))
	}
}

// operation points to an operation: "get /api/v1/cases".
func operation(o string) string {
	method, path, _ := strings.Cut(o, " ")
	return "/paths/" + strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(path) + "/" + method
}

func answerOf(o, status string) string {
	return operation(o) + "/responses/" + status + "/content/application~1json/schema"
}

const (
	requestBody = "/requestBody/content/application~1json/schema"
	aProblem    = "/components/schemas/Problem"
)

func TestTheDescriptionHasAnOperationForEveryVerb(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		d := describedBy(t, h)
		if !strings.HasPrefix(d.doc.OpenAPI, "3.1.") {
			t.Errorf("OpenAPI %s", d.doc.OpenAPI)
		}
		for name := range d.doc.Components.Schemas {
			if _, err := d.schemas.Compile("openapi.json#/components/schemas/" + name); err != nil {
				t.Errorf("the schema %s: %v", name, err)
			}
		}
		bodies := map[string]bool{}
		for _, verb := range cases.Verbs() {
			op, there := d.doc.Paths[filing+"/{number}/"+string(verb)]["post"]
			ref := op.RequestBody.Content["application/json"].Schema.Ref
			body := d.doc.Components.Schemas[strings.TrimPrefix(ref, "#/components/schemas/")]
			if !there || op.OperationID != string(verb) || !op.RequestBody.Required || bodies[ref] || body.AdditionalProperties != false || !slices.Contains(body.Required, "version") {
				t.Errorf("%s: operation %q, body %s %+v", verb, op.OperationID, ref, body)
			}
			bodies[ref] = true
		}
		ids := map[string]bool{}
		for path, methods := range d.doc.Paths {
			for method, op := range methods {
				if op.OperationID == "" || ids[op.OperationID] || op.Responses["default"] == nil {
					t.Errorf("%s %s: %q", method, path, op.OperationID)
				}
				ids[op.OperationID] = true
				needsKey := slices.ContainsFunc(op.Parameters, func(p struct {
					Name, In string
					Required bool
				}) bool {
					return p.Name == "Idempotency-Key" && p.In == "header" && p.Required
				})
				// an upload that was begun twice does nothing twice: the second is never sent; an applicant's photograph is known by its digest
				changes := strings.HasPrefix(path, filing) && !strings.HasSuffix(path, "/uploads") || strings.HasPrefix(path, "/api/v1/my/cases") && !strings.HasSuffix(path, "/photos")
				if needsKey != (method == "post" && changes) {
					t.Errorf("%s %s: an Idempotency-Key is asked for: %v", method, path, needsKey)
				}
			}
		}
	})
}

// TestAnswersAreAsDescribed holds what the program answers, and what it takes, against its own description.
func TestAnswersAreAsDescribed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d, c := describedBy(t, h), h.as(t, clerk)
		for path, o := range map[string]string{
			"/api/v1/places": "get /api/v1/places", "/api/v1/items?q=glbt": "get /api/v1/items", "/api/v1/items/BM-008": "get /api/v1/items/{code}",
			"/api/v1/items/BM-001": "get /api/v1/items/{code}", filing + "?limit=200": "get /api/v1/cases", filing + "?q=" + marker: "get /api/v1/cases",
		} {
			d.fits(t, answerOf(o, "200"), c.get(t, path).want(t, 200).raw)
		}
		seen := map[cases.State]bool{}
		for _, v := range everything(t, h.as(t, "inspector"), "limit=200") {
			if !seen[v.State] {
				seen[v.State] = true
				d.fits(t, answerOf("get /api/v1/cases/{number}", "200"), h.as(t, "inspector").get(t, path(v)).want(t, 200).raw)
				d.fits(t, answerOf("get /api/v1/cases/{number}/events", "200"), h.as(t, "inspector").get(t, path(v, "events")).want(t, 200).raw)
			}
		}

		file := application(h, oldAge, gaoVillage, newPerson())
		file["applicant"].(form)["address"], file["green"] = nil, nil
		d.fits(t, operation("post "+filing)+requestBody, marshal(t, file))
		filed := c.post(t, filing, file).want(t, 201)
		d.fits(t, answerOf("post "+filing, "201"), filed.raw)
		v := filed.view(t)
		do := func(account, verb string, body form) {
			t.Helper()
			sent := form{"version": v.Version}
			for name, value := range body {
				sent[name] = value
			}
			o := "post " + filing + "/{number}/" + verb
			d.fits(t, operation(o)+requestBody, marshal(t, sent))
			answer := h.as(t, account).post(t, path(v, verb), sent).want(t, 200)
			d.fits(t, answerOf(o, "200"), answer.raw)
			v = answer.view(t)
		}
		do(clerk, "notify", form{"missing": []form{{"material": "居民身份证", "what": "defective", "note": "过期了"}, {"material": "委托书", "what": "absent", "note": nil}}})
		do(clerk, "correct", form{"materials": []form{{"name": "居民身份证", "originals": nil, "copies": 1}, {"name": "委托书", "status": "received"}}})
		do(clerk, "notify", form{"missing": []form{{"material": "高龄补贴申请表", "what": "absent", "unseen": "身份证补来以后才能核对"}}, "days": nil})
		do(clerk, "correct", form{"materials": []form{{"name": "高龄补贴申请表"}}})
		do(clerk, "amend", form{"field": "address", "value": "高家堡村三组", "reason": "补上"})
		do(clerk, "reveal", form{"field": "phone", "reason": "打电话"})
		do(clerk, "accept", nil)
		do(agent, "take", nil)
		do(agent, "extend", form{"days": 5, "reason": "要向外省核对"})
		do("head-610881101", "refuse-extension", form{"reason": "还有时间"})
		do(agent, "extend", form{"days": 5, "reason": "要向外省核对"})
		do("head-610881101", "approve-extension", nil)
		do(agent, "hand", form{"to": desk, "reason": "外出学习"})
		do(desk, "take", nil)
		do(agent, "suspend", form{"kind": "hearing", "basis": "第四十五条", "evidence": "听证通知书", "expected_days": 5})
		do(agent, "resume", form{"evidence": "听证笔录", "note": nil})
		do(agent, "pass", form{"note": "核实过了"})
		do(desk, "return", form{"to": nil, "reason": "再核实"})
		do(agent, "pass", nil)
		do(desk, "pass", nil)
		do(minzheng, "decide", form{"approve": false, "reason": "不满七十周岁"})
		do(clerk, "deliver", form{"way": "counter", "receiver": "本人"})
		for verb, body := range map[string]form{"withdraw": {"reason": "x"}, "void": {"reason": "x"}, "reject": {"ground": "x", "whose": nil}} {
			v = h.filed(t, oldAge, gaoVillage)
			do(clerk, verb, body)
		}
		spot := application(h, onTheSpot, gaojiabu, newPerson())
		spot["finish"] = form{"approve": true, "reason": nil, "way": nil, "receiver": "本人"}
		d.fits(t, operation("post "+filing)+requestBody, marshal(t, spot))
		d.fits(t, answerOf("post "+filing, "201"), c.post(t, filing, spot).want(t, 201).raw)

		d.fits(t, answerOf("get /api/v1/cases/{number}/arithmetic", "200"), c.get(t, path(v, "arithmetic")).want(t, 200).raw)
		d.fits(t, answerOf("get /api/v1/faults", "200"), c.get(t, "/api/v1/faults").want(t, 200).raw)
		d.fits(t, answerOf("get /api/v1/calendar", "200"), c.get(t, "/api/v1/calendar").want(t, 200).raw)
		d.fits(t, answerOf("get /api/v1/policy", "200"), c.get(t, "/api/v1/policy").want(t, 200).raw)

		who, known := newPerson(), form{"q": "折"}
		file = application(h, oldAge, gaoVillage, who)
		theirs := c.post(t, filing, file).want(t, 201).view(t)
		d.fits(t, operation("post /api/v1/people")+requestBody, marshal(t, known))
		d.fits(t, answerOf("post /api/v1/people", "200"), c.post(t, "/api/v1/people", known).want(t, 200).raw)
		d.fits(t, answerOf("post /api/v1/people", "200"), c.post(t, "/api/v1/people", form{"q": who.phone}).want(t, 200).raw)
		d.fits(t, answerOf("get /api/v1/cases/{number}/applicant", "200"), c.get(t, path(theirs, "applicant")).want(t, 200).raw)
		way := form{"item": oldAge, "person": theirs.Number, "id_number": nil}
		d.fits(t, operation("post /api/v1/under-way")+requestBody, marshal(t, way))
		d.fits(t, answerOf("post /api/v1/under-way", "200"), c.post(t, "/api/v1/under-way", way).want(t, 200).raw)
		known = form{"item": firstCard, "place": gaojiabu, "channel": "counter", "person": form{"case": theirs.Number, "phone": nil}, "another": nil}
		d.fits(t, operation("post "+filing)+requestBody, marshal(t, known))
		d.fits(t, answerOf("post "+filing, "201"), c.post(t, filing, known).want(t, 201).raw)
		kept := form{"version": 0, "form": form{"applicant.name": "折"}}
		d.fits(t, operation("put /api/v1/drafts/{id}")+requestBody, marshal(t, kept))
		d.fits(t, answerOf("put /api/v1/drafts/{id}", "200"), c.send(t, "PUT", "/api/v1/drafts/described", kept).want(t, 200).raw)
		d.fits(t, answerOf("get /api/v1/drafts", "200"), c.get(t, "/api/v1/drafts").want(t, 200).raw)
		d.fits(t, aProblem, c.send(t, "PUT", "/api/v1/drafts/described", kept).want(t, 409, "draft_newer").raw)
		c.send(t, "DELETE", "/api/v1/drafts/described", nil).want(t, 204)

		clock := form{"advance": "1s"}
		d.fits(t, operation("post "+moving)+requestBody, marshal(t, clock))
		d.fits(t, answerOf("post "+moving, "200"), h.as(t, "admin").post(t, moving, clock).want(t, 200).raw)

		for _, p := range []reply{h.nobody().get(t, filing), c.post(t, filing, []byte("{")), c.post(t, filing, form{"x": 1}), c.get(t, filing+"/1"),
			h.as(t, "admin").get(t, filing), c.does(t, cases.View{Number: v.Number, Version: 1}, "accept", nil)} {
			d.fits(t, aProblem, p.raw)
		}
	})
}

func TestThePageForPeopleLoadsNothingFromElsewhere(t *testing.T) {
	once(t, func(t *testing.T, h *house) {
		page := h.nobody().get(t, "/api/docs").want(t, 200)
		style := h.nobody().get(t, "/api/docs.css").want(t, 200)
		if got := page.header.Get("Content-Type"); got != "text/html; charset=utf-8" {
			t.Errorf("Content-Type: %s", got)
		}
		for _, raw := range [][]byte{page.raw, style.raw} {
			if found := regexp.MustCompile(`(?i)(https?:)?//[a-z][^\s"'<]*|@import|<script|<iframe|url\(`).Find(raw); found != nil {
				t.Errorf("the page refers to %s", found)
			}
		}
		for _, link := range regexp.MustCompile(`(?:href|src)="([^"#]+)"`).FindAllSubmatch(page.raw, -1) {
			h.nobody().get(t, string(link[1])).want(t, 200)
		}
		for _, verb := range cases.Verbs() {
			if !bytes.Contains(page.raw, []byte("/"+string(verb)+"<")) || !bytes.Contains(page.raw, []byte(verb.Chinese())) {
				t.Errorf("%s does not stand on the page", verb)
			}
		}
		if csp := page.header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || !strings.Contains(csp, "default-src 'self'") {
			t.Errorf("Content-Security-Policy: %s", csp)
		}
	})
}
