// FerretDB for the tests: MongoDB's wire protocol on SQLite files, in the directory that is its argument.
// Prints its URL once it listens. Ends when its input does, so also when the tests that started it were killed,
// and then removes the directory.
//
// Embedded, since FerretDB's own program refuses to run unless its version was generated into its sources.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	if err := serve(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(directory string) error {
	db, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{TCP: "127.0.0.1:0"},
		Handler:   "sqlite",
		SQLiteURL: "file:" + directory + "/",
		Logger:    slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
	})
	if err != nil {
		return err
	}
	go func() { fmt.Println(db.MongoDBURI()) }()
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.RemoveAll(directory)
		os.Exit(0) // Not by the context: that waits 3 s for whoever is still connected.
	}()
	return db.Run(context.Background())
}
