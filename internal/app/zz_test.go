package app_test
import ("testing";"fmt")
func TestZZ(t *testing.T) { once(t, func(t *testing.T, h *house) {
 for _, a := range []string{clerk, agent} {
 c := h.as(t, a)
 for _, v := range everything(t, c, "limit=200&todo=me") { if v.Step==nil || (v.Step.Owner!="counter" && v.Step.Owner!="agent") {fmt.Println("todo", a, v.Number, v.State, v.Step)} }
 for _, v := range everything(t, c, "limit=200") { if v.Step!=nil && v.Step.Owner=="counter" { fmt.Println("all",a, v.Number, v.State, v.Step.Owner, v.Step.Name, v.Step.State, v.Item) } }
 }
})}
