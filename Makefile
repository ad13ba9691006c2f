# baocao: build, try, test.
GO ?= go
PACKAGES = ./extract/... ./normalize/... ./db/...

.PHONY: build demo test office lint bench microbench accuracy tools

build:
	$(GO) build -o bin/baocao ./cmd/baocao

# The main job on testdata/: an archive is imported into an SQLite file, and the
# consistency and trend tables are printed.
demo: build
	rm -f demo.db demo.db-wal demo.db-shm
	bin/baocao run testdata/archive --db demo.db

# tesseract reads scanned pages and sqlite3 opens the views; without them those
# tests cannot run.
tools:
	@command -v tesseract >/dev/null && tesseract --list-langs 2>/dev/null | grep -qx vie && command -v sqlite3 >/dev/null || \
	  { if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq tesseract-ocr tesseract-ocr-vie sqlite3; \
	    else echo "install first: apt-get install tesseract-ocr tesseract-ocr-vie sqlite3"; exit 1; fi; }

test: tools
	$(GO) vet ./... ./testdata ./testdata/generate
	$(GO) test -race ./cmd/... ./db ./db/ingest ./db/trend ./normalize/... ./extract ./extract/rules ./extract/layout
	$(GO) test -cover ./... ./testdata ./testdata/generate

# LibreOffice opens the exported workbook and finds the same numbers and texts in
# every cell. Fails where LibreOffice Calc is not installed.
office:
	$(GO) test -count=1 -tags office -run Office -v ./cmd/baocao

lint:
	$(GO) vet ./...
	test -z "$$(gofmt -l cmd extract normalize db testdata)"

# Imports beside pdftotext and docx2txt on the same files; some minutes. Larger:
# make bench BENCH="-files 1000 -sizes 1000,10000,50000"
BENCH ?=
bench: build
	$(GO) run ./cmd/bench -program bin/baocao $(BENCH)

# The parts of the program by themselves.
microbench:
	$(GO) test -run '^$$' -bench . -benchmem ./cmd/baocao $(PACKAGES)

# How well the labelled reports of testdata/ are read, the held-out offices by themselves.
accuracy:
	$(GO) run ./cmd/accuracy
