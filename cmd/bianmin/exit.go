package main

// exit is an error with the status that it ends the program with.
type exit struct {
	status int
	text   string
}

func (e *exit) Error() string { return e.text }
