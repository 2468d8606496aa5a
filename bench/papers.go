package main

import (
	"fmt"
	"strings"
	"time"

	"bianmin/internal/print"
)

// papers measures the drawing of papers: what somebody waits for who pressed 打印.
func (r *report) papers() error {
	printer := print.New("")
	if err := printer.Ready(); err != nil {
		return err
	}
	drawn := func(sheets int) (ms, kilobytes float64, err error) {
		var times []float64
		for range max(r.rounds, 5) {
			list := make([]print.Sheet, sheets)
			for i := range list {
				list[i] = acceptance(i + 1)
			}
			begun := time.Now()
			file, err := printer.PDF(list...)
			if err != nil {
				return 0, 0, err
			}
			times, kilobytes = append(times, float64(time.Since(begun).Microseconds())/1000), float64(len(file))/1000
		}
		return median(times), kilobytes, nil
	}
	r.say("")
	r.say("| drawing papers as PDF | measured, ms | at most, ms | size, kB |")
	r.say("|---|---:|---:|---:|")
	for _, x := range []struct{ sheets, most int }{{1, 100}, {100, 2000}} {
		ms, kilobytes, err := drawn(x.sheets)
		if err != nil {
			return err
		}
		r.say("| %d of 受理通知书 in one file | %.1f | %d | %.0f |", x.sheets, ms, x.most, kilobytes)
	}
	return nil
}

// acceptance is a paper of usual length.
func acceptance(n int) print.Sheet {
	id := fmt.Sprintf("610881101-2026-%06d-7-03-1", n)
	return print.Sheet{Size: print.A4, Title: []string{"高家堡镇便民服务站", "受理通知书"}, Number: fmt.Sprintf("高家堡镇便民〔2026〕受字第 %d 号", n), To: "折桂英",
		Body:   []print.Block{{Text: strings.Repeat("您提出的“高龄老人生活保健补贴申领”申请，材料齐全，于2026年3月10日予以受理。", 3)}, {Text: "时限从2026年3月10日起算，承诺 10 个工作日内办结，最晚2026年3月24日。"}},
		Signer: "高家堡镇便民服务站", Date: "2026年3月10日", Link: "https://bianmin.example/genuine?paper=" + id + "&code=ABCDEFGHIJKLMNOP", Beside: []string{"扫码核验这份文书", "文书编号 " + id}}
}
