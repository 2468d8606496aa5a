package file

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"bianmin/internal/problem"
)

// Kind is what a file is by its content.
type Kind string

// The kinds that are taken in. HEIC is known so that it can be refused by name.
const (
	JPEG Kind = "image/jpeg"
	PNG  Kind = "image/png"
	WebP Kind = "image/webp"
	PDF  Kind = "application/pdf"
	heic Kind = "image/heic"
)

// The most bytes of what is sent: a photograph as the camera made it, and a PDF, which is kept as it is.
const (
	PictureMost = 20 << 20
	PDFMost     = 10 << 20
)

// Accept is what a browser's file box offers. HEIC is left out on purpose: a telephone then sends JPEG by itself.
const Accept = AcceptPictures + ",application/pdf"

// AcceptPictures is what the camera's box offers: with image/* a telephone would send its HEIC as it is.
const AcceptPictures = "image/jpeg,image/png,image/webp"

// endings are the names that a file of each kind goes by. Photographs may go by each other's: messengers rename them, and
// they are written anew anyhow.
var endings = map[bool][]string{
	true:  {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp"},
	false: {".pdf"},
}

func (k Kind) picture() bool { return k == JPEG || k == PNG || k == WebP }

// kindOf tells what the content begins as; empty when it is nothing that is taken in.
func kindOf(b []byte) Kind {
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xd8, 0xff}):
		return JPEG
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")):
		return PNG
	case len(b) >= 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP":
		return WebP
	case bytes.HasPrefix(b, []byte("%PDF-")):
		return PDF
	case len(b) >= 12 && string(b[4:8]) == "ftyp" && slices.Contains([]string{"heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"}, string(b[8:12])):
		return heic
	}
	return ""
}

// wrong is a refusal at the field of the file.
func wrong(code, message string) error {
	return problem.WrongFields([]problem.Field{{Path: "file", Code: code, Message: message}})
}

// begins says whether a file of this name and size is worth sending: what can be known before its content.
func begins(name string, size int64) error {
	switch ending := strings.ToLower(path.Ext(name)); {
	case size <= 0:
		return wrong("empty_file", "这个文件是空的，请重新拍或者重新选")
	case slices.Contains([]string{".heic", ".heif"}, ending):
		return errHEIC
	case ending == "" || slices.Contains(endings[true], ending):
		if size > PictureMost {
			return wrong("file_too_large", "这张照片超过 20 MB，请用手机的普通清晰度重新拍")
		}
	case slices.Contains(endings[false], ending):
		if size > PDFMost {
			return wrong("file_too_large", "这份 PDF 超过 10 MB，请分成几份，或者降低扫描的清晰度")
		}
	default:
		return errKind
	}
	return nil
}

var (
	errKind = wrong("unknown_type", "只收照片（JPEG、PNG、WebP）和 PDF，请重新选")
	errHEIC = wrong("heic", "HEIC 照片这里打不开。请在手机相机的设置里把格式改成“兼容性最佳”，再拍一次；已经拍好的，在手机上打开，截一张图再传")
	errNot  = wrong("not_what_it_says", "这个文件的名称说是照片或者 PDF，内容不是，没有收。请重新拍或者重新选")
)

// recognise says what the content is, and refuses what it is not under this name.
func recognise(name string, content []byte) (Kind, error) {
	if err := begins(name, int64(len(content))); err != nil {
		return "", err
	}
	kind, ending := kindOf(content), strings.ToLower(path.Ext(name))
	switch {
	case kind == heic:
		return "", errHEIC
	case kind == "", ending != "" && !slices.Contains(endings[kind.picture()], ending):
		return "", errNot
	case kind == PDF && len(content) > PDFMost:
		return "", wrong("file_too_large", "这份 PDF 超过 10 MB，请分成几份，或者降低扫描的清晰度")
	}
	return kind, nil
}
