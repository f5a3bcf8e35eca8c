// Package browser opens pages in a headless browser, for tests that look at what
// people will see. Where Chromium is not installed they are skipped.
//
// Start with [DOM] and [Screenshot]. Only tests import it.
package browser

import (
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// DOM opens a page, at what stands behind the # of its address, and returns it as
// the browser has it after its scripts ran.
func DOM(t *testing.T, page []byte, fragment string, args ...string) string {
	t.Helper()
	out, err := command(t, page, fragment, append(args, "--dump-dom")...).Output()
	if err != nil {
		t.Fatalf("chromium: %v", err)
	}
	return string(out)
}

// Screenshot returns what a window of a width and height in pixels shows.
func Screenshot(t *testing.T, page []byte, width, height int, dark bool) image.Image {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.png")
	args := []string{"--screenshot=" + file, "--hide-scrollbars", "--window-size=" + strconv.Itoa(width) + "," + strconv.Itoa(height)}
	if dark {
		args = append(args, "--blink-settings=preferredColorScheme=0")
	}
	if err := command(t, page, "", args...).Run(); err != nil {
		t.Fatalf("chromium: %v", err)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// command returns a call of the browser. It has no network: whatever a page
// fetches fails.
func command(t *testing.T, page []byte, fragment string, args ...string) *exec.Cmd {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed, so nothing is looked at")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "page.html")
	if err := os.WriteFile(file, page, 0o600); err != nil {
		t.Fatal(err)
	}
	args = append([]string{
		"--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=10000",
		"--proxy-server=127.0.0.1:1", "--user-data-dir=" + filepath.Join(dir, "profile"),
	}, append(args, "file://"+file+"#"+fragment)...)
	return exec.CommandContext(t.Context(), program, args...)
}
