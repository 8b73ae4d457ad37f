# Vigie: build, demo, tests. `make help` lists the targets.
#
# In: src/**.c (found, not listed), grammar/, stdlib/ and rules/. Out: build/vigie; build/san/vigie is the same
# program with the address and undefined-behaviour sanitizers, which `make check` tests.

# The list of Debian packages. Nothing else is needed to build, run the demo and run every test.
PACKAGES = gcc libc6-dev make flex bison libsqlite3-dev libpcre2-dev libjansson-dev libutf8proc-dev \
           libcmocka-dev libcsv-dev libcurl4-openssl-dev libical-dev libzip-dev libexpat1-dev libpq-dev \
           sqlite3 jq libxml2-utils tzdata valgrind
# `make test-deliver` starts receivers of messages besides: servers of mail, the web and a calendar, with certificates.
# They run in Debian's own Python, for which the packages are.
RECEIVERS = python3 python3-aiosmtpd radicale openssl
PYTHON    = /usr/bin/python3
# `make test-cluster` starts servers of PostgreSQL of its own, on this machine alone.
SERVERS = python3 postgresql
# `make test-page` reads the page in a browser, which scripts drive: Debian's, unless there is one with npm already.
BROWSER = chromium fonts-liberation
# `make test-editor` types in it.
EDITOR_TESTED = neovim zip unzip
# `make check` and `make format` need these besides; the version of clang-format decides what is well formatted.
CHECKERS = clang-format-14 cppcheck

CC       = gcc
CFLAGS   = -O3 -g
LDFLAGS  =
PREFIX   = /usr/local
DESTDIR  =
JOBS    := $(shell nproc 2>/dev/null || echo 1)
# The day of the story that the starter project tells.
DEMO_DAY = 2026-03-01
FUZZ_SECONDS = 60
# For how long random policies go through the commands in make check.
FUZZ_POLICY_SECONDS = 45
# Which tests: make test ONLY=renewal
ONLY     =

WARNINGS = -Wall -Wextra -Wpedantic
STANDARD = -std=gnu11 -D_GNU_SOURCE -Isrc -Ibuild/gen -pthread
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
# Five libraries are linked in, so that the binary runs on machines that do not have them.
LINKED_IN = -lsqlite3 -lpcre2-8 -ljansson -lutf8proc -lcsv
LIBS     = -Wl,-Bstatic $(LINKED_IN) -Wl,-Bdynamic -lm

MAKEFLAGS += --no-print-directory
PARALLEL   = $(MAKE) -j$(JOBS)

SOURCES   := $(sort $(wildcard src/*.c src/*/*.c src/*/*/*.c))
GRAMMAR   := $(patsubst grammar/vigie.l,build/gen/lex.c,$(patsubst grammar/vigie.y,build/gen/parse.c,\
               $(wildcard grammar/vigie.l grammar/vigie.y)))
GENERATED := build/gen/embedded.c $(GRAMMAR)
UNITS     := $(sort $(wildcard tests/unit/*_test.c))
FUZZERS   := $(sort $(wildcard tests/fuzz/*_fuzz.c))
POLICY    := $(sort $(wildcard tests/fuzz/policy/*.c))
OBJECTS   := $(SOURCES:src/%.c=%.o) $(GENERATED:build/gen/%.c=gen/%.o)
FORMATTED := $(sort $(shell find src tests -name '*.[ch]'))
EMBEDDED  := $(shell find stdlib rules docs/glossary.md src/report/page.css -type f ! -name '.*' ! -name '*~' 2>/dev/null | LC_ALL=C sort)

.DELETE_ON_ERROR:
.SECONDARY:

all: build/vigie ## builds build/vigie

# ---- two trees of the same objects: build/ and, with sanitizers, build/san/ ---------------------------------

# $(1) folder, $(2) compiler, $(3) flags of the compiler and the linker
define TREE
$(1)/obj/%.o: src/%.c Makefile | $(GENERATED)
	@mkdir -p $$(@D)
	$(2) $$(STANDARD) $$(WARNINGS) $$(CFLAGS) $(3) -MMD -MP -c $$< -o $$@

$(1)/obj/gen/%.o: build/gen/%.c Makefile | $(GENERATED)
	@mkdir -p $$(@D)
	$(2) $$(STANDARD) $$(CFLAGS) $(3) -MMD -MP -c $$< -o $$@

$(1)/vigie: $(OBJECTS:%=$(1)/obj/%)
	$(2) $$(CFLAGS) $(3) $$(LDFLAGS) -pthread $$^ $$(LIBS) -o $$@

# A unit test links what it names and what that needs: thirty whole programs would take longer than all tests of them.
$(1)/objects.a: $(filter-out $(1)/obj/main.o,$(OBJECTS:%=$(1)/obj/%))
	@rm -f $$@
	ar rcs $$@ $$^

$(1)/unit/%: tests/unit/%.c $(1)/objects.a
	@mkdir -p $$(@D)
	$(2) $$(STANDARD) $$(WARNINGS) $$(CFLAGS) $(3) -MMD -MP $$(filter %.c %.a,$$^) $$(LDFLAGS) $$(LIBS) -lcmocka -o $$@

$(1)/obj/policy/%.o: tests/fuzz/policy/%.c Makefile | $(GENERATED)
	@mkdir -p $$(@D)
	$(2) $$(STANDARD) $$(WARNINGS) $$(CFLAGS) $(3) -MMD -MP -c $$< -o $$@

$(1)/policy: $(POLICY:tests/fuzz/policy/%.c=$(1)/obj/policy/%.o) $(filter-out $(1)/obj/main.o,$(OBJECTS:%=$(1)/obj/%))
	$(2) $$(CFLAGS) $(3) $$(LDFLAGS) -pthread $$^ $$(LIBS) -o $$@

$(1)/all: $(1)/vigie $(1)/policy $(UNITS:tests/unit/%.c=$(1)/unit/%)
.PHONY: $(1)/all
endef
$(eval $(call TREE,build,$(CC),))
# Warnings end the build only here: another compiler's new warning must not keep a person from building.
$(eval $(call TREE,build/san,$(CC),-O1 -Werror -DVIGIE_DEBUG_CHECKS $(SANITIZE)))
# Not linked: gcc's analyzer follows the paths through each file.
$(eval $(call TREE,build/analyzed,gcc,-O1 -Werror -DVIGIE_DEBUG_CHECKS -fanalyzer))
# What the Debian package holds: hardened as Debian wants it, and without names of this machine's folders.
$(eval $(call TREE,build/deb,$(CC),-g0 -fPIE -pie -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -z relro -z now))
# What the tarball holds: it runs on any Linux, and loads no library (src/base/shared_library.c).
$(eval $(call TREE,build/static,$(CC),-g0 -static -DVIGIE_STATIC))
build/static/vigie: LIBS = $(LINKED_IN) -lm
# ld warns of the dlopen of libc, whose place another one takes.
build/static/vigie: LDFLAGS += -Wl,--no-warnings
$(eval $(call TREE,build/fuzz,clang,-O1 -DVIGIE_DEBUG_CHECKS $(SANITIZE) -fsanitize=fuzzer-no-link))

build/fuzz/%_fuzz: tests/fuzz/%_fuzz.c $(filter-out build/fuzz/obj/main.o,$(OBJECTS:%=build/fuzz/obj/%))
	clang $(STANDARD) $(WARNINGS) $(CFLAGS) -O1 $(SANITIZE) -fsanitize=fuzzer -MMD -MP $(filter %.c %.o,$^) $(LIBS) -o $@

-include $(shell find build -name '*.d' -type f 2>/dev/null)

# ---- sources that are made ---------------------------------------------------------------------------------

build/gen/lex.c: grammar/vigie.l
	@mkdir -p $(@D)
	flex -o $@ $<

build/gen/parse.c: grammar/vigie.y
	@mkdir -p $(@D)
	bison -Wall -Wcounterexamples -Werror --header=build/gen/parse.h -o $@ $<

# The list changes only when a file comes or goes, so that embedded.c is made anew then.
build/gen/embedded.list: FORCE
	@mkdir -p $(@D)
	@echo $(EMBEDDED) | cmp -s - $@ || echo $(EMBEDDED) > $@

build/gen/embedded.c: src/base/embed.sh build/gen/embedded.list $(EMBEDDED)
	src/base/embed.sh $(EMBEDDED) > $@

FORCE:

# ---- what people type --------------------------------------------------------------------------------------

deps: ## installs the Debian packages that are missing
	@.ci/deps $(PACKAGES)

demo: deps ## writes a starter project to build/demo and runs its rules
	@echo "building build/vigie…"; $(PARALLEL) -s build/vigie
	@rm -rf build/demo && build/vigie init build/demo --quiet
	@echo; echo "$$ vigie run rules --db data.db --as-of $(DEMO_DAY)"
	@cd build/demo && ../vigie run rules --db data.db --as-of $(DEMO_DAY)
	@echo; echo "This ran in build/demo: cd build/demo, change a threshold in rules/revenue.vigie, and type"
	@echo "  ../vigie check rules --db data.db                      does it still fit together?"
	@echo "  ../vigie plan rules --db data.db --as-of $(DEMO_DAY)    what would it change?"
	@echo "  ../vigie items --late --as-of 2026-04-01               what is late a month later?"
	@echo "docs/guide.md goes on from here."

test: deps ## runs every test; make test ONLY=renewal runs some
	@$(PARALLEL) -s build/all
	@VIGIE=build/vigie UNITS=build/unit tests/run-tests $(ONLY)

test-deliver: deps ## sends messages to receivers that misbehave, and is killed at random meanwhile
	@.ci/deps $(RECEIVERS)
	@$(PARALLEL) -s build/vigie
	@VIGIE=build/vigie PYTHONDONTWRITEBYTECODE=1 $(PYTHON) -m unittest discover -s tests/deliver -p '*$(ONLY)*_test.py'

test-page: deps ## reads the page for the revenue meeting in a browser, with a keyboard and without eyes
	@.ci/deps $(BROWSER)
	@command -v npm >/dev/null || .ci/deps nodejs npm
	@$(PARALLEL) -s build/vigie
	@VIGIE=build/vigie ONLY='$(ONLY)' tests/page/run

test-cluster: deps ## asks the same of SQLite, of a PostgreSQL and of a coordinator with nodes, which it starts itself
	@.ci/deps $(SERVERS)
	@$(PARALLEL) -s build/vigie build/policy
	@VIGIE=build/vigie PYTHONDONTWRITEBYTECODE=1 $(PYTHON) -m unittest discover -s tests/cluster -p '*$(ONLY)*_test.py'

test-editor: deps ## lets Neovim, without a screen, type into the language server and look at what comes
	@.ci/deps $(EDITOR_TESTED)
	@command -v npm >/dev/null || .ci/deps nodejs npm
	@$(PARALLEL) -s build/vigie
	@VIGIE=build/vigie tests/editor/run

test-ci: deps ## runs the files of docs/ci as they are written, in a plain shell
	@.ci/deps python3 python3-yaml
	@$(PARALLEL) -s build/vigie
	@VIGIE=build/vigie UNITS=build/unit tests/run-tests tests/ci/

check: ## reads the C code for faults, runs every test again with the sanitizers, and looks how commands grow
	@.ci/deps $(PACKAGES) $(CHECKERS)
	@$(PARALLEL) -s check-format
	@$(PARALLEL) -s analyzed build/san/all
	@$(PARALLEL) -s cppcheck
	@VIGIE=build/san/vigie UNITS=build/san/unit SANITIZED=yes FUZZ_POLICY_SECONDS=$(FUZZ_POLICY_SECONDS) tests/run-tests $(ONLY)
	@$(PARALLEL) -s build/vigie
	@tests/bench/growth --quick

check-format:
	@clang-format-14 --dry-run -Werror $(FORMATTED) || { echo "make format lays these out"; exit 1; }

# What is allowed, and why, is in .ci/cppcheck.txt. A file that is as it was is not read again.
cppcheck: $(GRAMMAR)
	@mkdir -p build/cppcheck
	@cppcheck --quiet -j $(JOBS) --cppcheck-build-dir=build/cppcheck --enable=warning,performance,portability \
	  --std=c11 -D_GNU_SOURCE -Isrc -Ibuild/gen --suppressions-list=.ci/cppcheck.txt --inline-suppr \
	  --template=gcc --error-exitcode=1 src

analyzed: $(SOURCES:src/%.c=build/analyzed/obj/%.o)

format: ## lays out the C code
	@.ci/deps $(CHECKERS)
	clang-format-14 -i $(FORMATTED)

bless: deps ## rewrites the expectations of the tests; look at git diff afterwards
	@$(PARALLEL) -s build/all
	@VIGIE=build/vigie UNITS=build/unit tests/run-tests --bless $(ONLY)

bench: deps ## measures Vigie beside bare scans and rivals, and how commands grow; writes docs/performance.md
	@echo "building build/vigie…"; $(PARALLEL) -s build/vigie
	@tests/bench/all $(ONLY)

fuzz: fuzz-policies ## random policies for FUZZ_POLICY_SECONDS (600), hostile bytes FUZZ_SECONDS (60) a target (with clang)
	@command -v clang >/dev/null || { echo "make fuzz needs clang: apt-get install clang"; exit 1; }
	@$(PARALLEL) -s $(FUZZERS:tests/fuzz/%.c=build/fuzz/%)
	@for f in $(FUZZERS:tests/fuzz/%_fuzz.c=%); do mkdir -p build/fuzz/found/$$f && \
	  (cd build/fuzz/found/$$f && ../../$${f}_fuzz -max_total_time=$(FUZZ_SECONDS) -verbosity=0 -print_final_stats=1 . \
	    $(CURDIR)/tests/fuzz/corpus/$$f) || exit 1; done

fuzz-policies: FUZZ_POLICY_SECONDS = 600
fuzz-policies:
	@$(PARALLEL) -s build/san/policy
	@build/san/policy --seconds $(FUZZ_POLICY_SECONDS)
	@build/san/policy --edits --seconds $(FUZZ_POLICY_SECONDS)
	@$(PARALLEL) -s build/policy
	@build/policy --proofs 1000000 --seconds $(FUZZ_POLICY_SECONDS)

# ---- what is installed -------------------------------------------------------------------------------------

# Which program, and where the files that it writes of itself are made; pages of the manual are those of cmd.def.
BINARY   = build/vigie
MADE     = build/made
# Where zsh looks for completions below PREFIX; Debian's own packages have another place.
ZSH      = share/zsh/site-functions
COMMANDS := $(shell sed -nE 's/^CMD.([a-z]+),.*/\1/p; s/^SUB.([a-z]+), ([a-z]+),.*/\1-\2/p' src/cmd/cmd.def)
PAGES    := vigie.1 $(COMMANDS:%=vigie-%.1) vigie-rules.5

# MODE:FILE:PLACE of each, seen from PREFIX.
INSTALLED = 755:$(BINARY):bin/vigie \
            $(foreach p,$(PAGES),644:$(MADE)/$(p):share/man/man$(subst .,,$(suffix $(p)))/$(p)) \
            644:$(MADE)/vigie.bash:share/bash-completion/completions/vigie \
            644:$(MADE)/vigie.zsh:$(ZSH)/_vigie \
            644:$(MADE)/vigie.fish:share/fish/vendor_completions.d/vigie.fish \
            644:docs/install/installed.md:share/doc/vigie/README.md \
            $(foreach f,$(wildcard docs/run-daily/*),644:$(f):share/doc/vigie/run-daily/$(notdir $(f))) \
            644:LICENSE:share/doc/vigie/LICENSE

$(PAGES:%=$(MADE)/%): $(BINARY)
	@mkdir -p $(@D)
	@$(BINARY) help $(subst -, ,$(patsubst vigie%,%,$(basename $(@F)))) --format man > $@

$(MADE)/vigie.bash $(MADE)/vigie.zsh $(MADE)/vigie.fish: $(BINARY)
	@mkdir -p $(@D)
	@$(BINARY) completion $(subst .,,$(suffix $@)) > $@

install: $(BINARY) $(foreach f,$(INSTALLED),$(word 2,$(subst :, ,$(f)))) ## installs into PREFIX (/usr/local), below DESTDIR
	@.ci/install "$(DESTDIR)$(PREFIX)" $(INSTALLED)

uninstall: ## removes what make install has written, and nothing else
	@.ci/install "$(DESTDIR)$(PREFIX)"

deb: ## makes the Debian package build/vigie_VERSION_ARCH.deb
	@$(PARALLEL) -s build/deb/vigie
	@rm -rf build/deb/root
	@$(MAKE) -s install BINARY=build/deb/vigie DESTDIR=build/deb/root PREFIX=/usr ZSH=share/zsh/vendor-completions
	@.ci/deb build/deb/root build

tarball: ## makes build/vigie-VERSION-ARCH.tar.gz, which runs on any Linux of this architecture
	@$(PARALLEL) -s build/static/vigie
	@rm -rf build/static/root
	@$(MAKE) -s install BINARY=build/static/vigie DESTDIR=build/static/root PREFIX=
	@.ci/tarball build/static/root build

clean: ## removes build/
	rm -rf build

help: ## says this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: all deps demo test test-deliver test-cluster test-ci check check-format cppcheck analyzed format bless bench fuzz fuzz-policies install uninstall deb tarball clean help FORCE
