package browser

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/chromedp/chromedp"

	"bianmin/internal/enginetest/scratch"
)

// patienceToStart is for a machine that is busy with other tests.
const patienceToStart = time.Minute

// process is the one browser of this test binary.
var process struct {
	sync.Mutex
	ctx  context.Context
	quit func() error
	err  error
}

// running is the browser's context, started when first asked for. That it did not start is remembered, so that every test
// says so and none waits again.
func running() (context.Context, error) {
	process.Lock()
	defer process.Unlock()
	if process.ctx == nil && process.err == nil {
		process.ctx, process.quit, process.err = start()
	}
	return process.ctx, process.err
}

// Quit ends the browser, if one was started. It is for TestMain; see enginetest.Main.
func Quit() error {
	process.Lock()
	defer process.Unlock()
	if process.quit == nil {
		return nil
	}
	err := process.quit()
	process.ctx, process.quit, process.err = nil, nil, errors.New("the browser has been ended")
	return err
}

func start() (context.Context, func() error, error) {
	path, err := program()
	if err != nil {
		return nil, nil, err
	}
	dir, err := scratch.New("bianmin-browser")
	if err != nil {
		return nil, nil, err
	}
	allocator, end := chromedp.NewExecAllocator(context.Background(), flags(path, dir.Path)...)
	// Chromium is often newer than the description of its protocol; events that it does not know are no news to a test.
	ctx, _ := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	quit := func() error {
		end()
		return dir.Remove()
	}
	if err := awaken(ctx); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("starting %s: %w", path, err), quit())
	}
	return ctx, quit, nil
}

// awaken starts the program. The time limit stands outside the context: one inside would end the browser later.
func awaken(ctx context.Context) error {
	started := make(chan error, 1)
	go func() { started <- chromedp.Do(ctx) }()
	select {
	case err := <-started:
		return err
	case <-time.After(patienceToStart):
		return fmt.Errorf("no answer in %v", patienceToStart)
	}
}

func flags(path, dir string) []chromedp.ExecAllocatorOption {
	return append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(dir),
		chromedp.NoSandbox, // its sandbox needs rights that a container lacks; only our own pages are opened
		chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("lang", "zh-CN"),
		chromedp.Flag("accept-lang", "zh-CN,zh"),
		// No page may load anything from elsewhere, and a test shows it: the name is not found.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE [::1], EXCLUDE localhost"),
		// What it stores and shares would otherwise stay in the person's home and in the system's temporary folder.
		chromedp.Env("HOME="+dir, "TMPDIR="+dir, "TZ=Asia/Shanghai", "LANG=C.UTF-8"),
	)
}
