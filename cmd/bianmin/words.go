package main

import (
	"errors"

	"bianmin/internal/app"
	"bianmin/internal/db"
	"bianmin/internal/seal"
)

// sayings put into words for the operator what keeps a command from its work: what is wrong, and what to do.
var sayings = []struct {
	err  error
	text string
}{
	{db.ErrInUse, "这个数据文件夹正由另一个 bianmin 使用。请先停掉它，或者用 --data 换一个文件夹"},
	{app.ErrDemo, "这个数据文件夹是演示用的。请加 --demo，或者换一个文件夹"},
	{app.ErrNotDemo, "这个数据文件夹是正式使用的。请去掉 --demo，或者换一个文件夹"},
	{app.ErrEpochKeys, "密钥文件和数据不是日志的同一期。请申报发生了什么：bianmin epoch declare"},
	{app.ErrServing, "服务正在用这份数据。请先停掉它"},
	{app.ErrSimulateElsewhere, "这个数据文件夹里是别的数据。请换一个新的文件夹，或者用原来的天数、每天件数和种子"},
	{app.ErrQuorum, "见证人的法定数要在 1 和见证人的个数之间"},
	{errFound, "数据和日志不一致，不一致的地方写在上面"},
	{errProof, "这份存证不成立，原因写在上面"},
	{seal.ErrNoFile, "密钥文件 keys.json 不在数据文件夹里。请放回去；没有的话，从备份恢复"},
	{seal.ErrNotWhole, "密钥文件读不懂，可能没有拷全。请换回这份数据的 keys.json；没有的话，从备份恢复"},
	{db.ErrBroken, "磁盘没有存住写入的内容。请检查磁盘，再重新启动"},
}

// said is an error as the operator reads it: one that has no words of its own as it is.
func said(err error) string {
	for _, s := range sayings {
		if errors.Is(err, s.err) {
			return s.text
		}
	}
	return err.Error()
}
