package browser
import ("testing";"time";"fmt";"os")
func TestZZ(t *testing.T){
 lap:=time.Now(); l:=func(s string){fmt.Fprintln(os.Stderr,s,time.Since(lap));lap=time.Now()}
 for range 2 {
 p:=New(t); l("new")
 u:=site(t,nil)+"/page.html"
 p.Open(u); l("open")
 p.Open(u); l("open")
 for range 3 {p.Settle(); l("settle")}
 for range 3 {p.Press("a"); l("press")}
 p.Click("#name"); l("click")
 for range 3 {p.Press("a"); l("press in field")}
 p.Type("神"); l("insert")
 p.Press("Control+a"); l("ctrl-a")
 p.Press("Enter"); l("enter")
 p.Close(); l("close")
 }
}
