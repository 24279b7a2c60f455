# Finds or installs what building and testing need; sourced, not run.
#
#   . scripts/tools.sh
#   need build      toolchain for wasm32, trunk, wasm-bindgen, wasm-opt
#   need test       the above, a browser, and the programs results are checked against
#
# What is built here goes to a cache that outlives the checkout: $HANDSHAKE_LAB_CACHE, or
# handshake-lab in the user's cache folder. Each step is announced, and done only where it is missing.

TRUNK_VERSION=0.21.14
BINARYEN_VERSION=132.0.0
ESBUILD_VERSION=0.28.2
PARSE5_VERSION=7.3.0
WASM_SPLIT_VERSION=0.2.4
LIGHTHOUSE_VERSION=12.8.2
NODE_VERSION=20.19.5
# Debian's wasm-opt wants to be told which features the program has.
export WASM_FEATURES="--enable-bulk-memory --enable-sign-ext --enable-mutable-globals --enable-nontrapping-float-to-int --enable-reference-types --enable-multivalue"
WASM=wasm32-unknown-unknown

ROOT=$(git rev-parse --show-toplevel 2>/dev/null || pwd)
CACHE=${HANDSHAKE_LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/handshake-lab}
export PATH="$CACHE/tools/bin:$CACHE/npm/node_modules/.bin:$PATH:$HOME/.cargo/bin:/usr/sbin"
export NODE_PATH="$CACHE/npm/node_modules"
# trunk takes NO_COLOR=1, which some shells and runners set, for a bad flag.
unset NO_COLOR

say() { printf '\033[1m▸ %s\033[0m\n' "$*"; }
die() { printf '✗ %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# The version of a crate in Cargo.lock.
locked() { awk -v name="\"$1\"" '/^name = /{n=$3} /^version = /{if (n == name) {gsub(/"/, "", $3); print $3; exit}}' "$ROOT/Cargo.lock"; }

# Debian packages, with sudo where it takes that: apt PACKAGE...
apt_install() {
    have apt-get || die "please install: $* (no apt-get here to do it with)"
    local sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    say "installing $*"
    [ -n "${APT_UPDATED:-}" ] || $sudo apt-get update -qq
    APT_UPDATED=1
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        die "apt-get could not install: $*"
}

# The same for servers, of which the programs alone are wanted: Debian would start them at once, and with the machine.
# apt_install_idle SERVICE PACKAGE
apt_install_idle() {
    local sudo= policy=/usr/sbin/policy-rc.d added=
    [ "$(id -u)" = 0 ] || sudo=sudo
    if [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' | $sudo tee $policy >/dev/null && $sudo chmod +x $policy
        added=1
    fi
    local status=0
    (apt_install "$2") || status=$?
    [ -z "$added" ] || $sudo rm -f $policy
    [ $status = 0 ] || exit $status
    ! have systemctl || $sudo systemctl disable --quiet "$1" 2>/dev/null || true
}

# Whether the Rust at $1 has a standard library for wasm32.
has_wasm() { ls "$("$1" --print target-libdir --target $WASM 2>/dev/null)"/libstd-*.rlib >/dev/null 2>&1; }

need_rust() {
    have cargo || [ -x /usr/bin/cargo ] || die "please install Rust first: https://rustup.rs"
}

# A Rust that builds for wasm32: rustup's where its target can be had, else Debian's rustc-web with a
# standard library built from Debian's source.
need_wasm() {
    need_rust
    if has_wasm rustc; then return; fi
    if [ -x /usr/bin/rustc ] && has_wasm /usr/bin/rustc; then use_debian_rust; return; fi
    if have rustup; then
        say "adding the $WASM target with rustup"
        if rustup target add $WASM && has_wasm rustc; then return; fi
        say "rustup could not fetch the target; trying Debian's packages"
    fi
    apt_install rustc-web cargo-web rust-web-src lld-22
    say "building the standard library for $WASM from source (once, about a minute)"
    local work
    work=$(mktemp -d)
    mkdir "$work/src" && : >"$work/src/lib.rs"
    printf '[package]\nname = "std-for-wasm"\nversion = "0.0.0"\nedition = "2024"\n[profile.release]\npanic = "abort"\n' >"$work/Cargo.toml"
    # Without the bitcode, link-time optimisation of the page fails.
    (cd "$work" && PATH="/usr/bin:$PATH" RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
        cargo build -Zbuild-std=std,panic_abort,panic_unwind,proc_macro --target $WASM --release) ||
        die "the standard library for $WASM did not build"
    local sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    local lib
    lib=$(/usr/bin/rustc --print target-libdir --target $WASM)
    $sudo mkdir -p "$lib" && $sudo cp "$work/target/$WASM/release/deps/"*.rlib "$lib/"
    rm -rf "$work"
    use_debian_rust
}

use_debian_rust() {
    # wasm32 builds alone go through this Rust: env_wasm puts it first in PATH.
    DEBIAN_RUST=1
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(ls /usr/bin/wasm-ld-* 2>/dev/null | sort -V | tail -n 1)
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER
}

# What is published names no folder of the machine that built it.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=crates"

# Runs a command that builds for wasm32. Its build scripts and macros keep their own target folder:
# two compilers' outputs in one folder would rebuild each other's.
with_wasm() {
    if [ -n "${DEBIAN_RUST:-}" ]; then
        PATH="$CACHE/tools/bin:$CACHE/npm/node_modules/.bin:/usr/bin:$PATH" CARGO_TARGET_DIR="$ROOT/target/wasm" "$@"
    else
        CARGO_TARGET_DIR="$ROOT/target/wasm" "$@"
    fi
}

# Node.js of at least the major version $1, or 18, which is what Debian 12 has.
need_node() {
    have node && have npm || apt_install nodejs npm
    node_is_at_least "${1:-18}" && return
    local root=$CACHE/node-$NODE_VERSION
    if [ ! -x "$root/node_modules/.bin/node" ]; then
        say "installing Node.js $NODE_VERSION, as $(node --version) is too old"
        npm install --loglevel=error --no-save --prefix "$root" "node@$NODE_VERSION" >/dev/null ||
            die "npm could not install Node.js $NODE_VERSION; install it from https://nodejs.org/"
    fi
    export PATH="$root/node_modules/.bin:$PATH"
    node_is_at_least "${1:-18}" || die "node $(node --version) is too old: ${1:-18} or newer is needed"
}
node_is_at_least() { [ "$(node --version | sed 's/^v//; s/\..*//')" -ge "$1" ]; }

# A program of crates.io: as its makers built it where cargo-binstall can fetch that, else built here, in a hurry: these
# run for seconds, and their own profiles would have them optimised for minutes.
# tool CRATE VERSION FOLDER [FLAG of cargo install...]
tool() {
    local crate=$1 version=$2 root=$3
    shift 3
    if have cargo-binstall; then
        say "fetching $crate $version with cargo binstall"
        cargo binstall --quiet --no-confirm --disable-strategies compile --root "$root" "$crate@$version" && return
        say "there is none to fetch"
    fi
    say "building $crate $version (once, some minutes)"
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
        cargo install --quiet --root "$root" "$crate" --version "$version" "$@"
}

# Without its look for newer versions, and what it fetches tools with: what it needs is here.
need_trunk() {
    [ "$(trunk --version 2>/dev/null)" = "trunk $TRUNK_VERSION" ] && return
    tool trunk $TRUNK_VERSION "$CACHE/tools" --locked --no-default-features
}

need_wasm_bindgen() {
    local version
    version=$(locked wasm-bindgen)
    [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $version" ] && return
    tool wasm-bindgen-cli "$version" "$CACHE/tools"
}

need_wasm_split() {
    # It does not tell its version, so its place does.
    local root="$CACHE/wasm-split-$WASM_SPLIT_VERSION"
    export PATH="$root/bin:$PATH"
    [ -x "$root/bin/wasm-split-cli" ] && return
    tool wasm_split_cli_support $WASM_SPLIT_VERSION "$root" --features build-binary
}

# wasm-opt, the minifier of scripts, and the parser of HTML.
need_optimisers() {
    local parse5
    parse5=$(sed -n 's/^ *"version": "\(.*\)",/\1/p' "$CACHE/npm/node_modules/parse5/package.json" 2>/dev/null || true)
    case "$(wasm-opt --version 2>/dev/null) $(esbuild --version 2>/dev/null) $parse5" in
    *"version ${BINARYEN_VERSION%%.*}"*" $ESBUILD_VERSION $PARSE5_VERSION") return ;;
    esac
    need_node
    say "installing wasm-opt ${BINARYEN_VERSION%%.*}, esbuild $ESBUILD_VERSION and parse5 $PARSE5_VERSION"
    npm install --loglevel=error --no-save --prefix "$CACHE/npm" \
        "binaryen@$BINARYEN_VERSION" "esbuild@$ESBUILD_VERSION" "parse5@$PARSE5_VERSION" >/dev/null ||
        die "npm could not install binaryen, esbuild and parse5"
}

need_chromium() {
    have chromium || [ -n "${CHROMIUM:-}" ] || apt_install chromium
    export CHROMIUM=${CHROMIUM:-$(command -v chromium)}
}

need_browser() {
    # What drives the browser asks for it.
    need_node 20
    need_chromium
    # Gives Chromium a store of certificates to trust.
    have certutil || apt_install libnss3-tools
    if [ ! -e "$ROOT/tests/e2e/node_modules/.package-lock.json" ] ||
        [ "$ROOT/tests/e2e/package-lock.json" -nt "$ROOT/tests/e2e/node_modules/.package-lock.json" ]; then
        say "installing the browser tests' packages"
        npm ci --loglevel=error --prefix "$ROOT/tests/e2e" >/dev/null || die "npm could not install the browser tests' packages"
        touch "$ROOT/tests/e2e/node_modules/.package-lock.json"
    fi
}

need_lighthouse() {
    need_browser
    # npm takes away what stands beside what it installs, so it has a folder of its own.
    local root="$CACHE/lighthouse-$LIGHTHOUSE_VERSION"
    export PATH="$root/node_modules/.bin:$PATH"
    [ -x "$root/node_modules/.bin/lighthouse" ] && return
    say "installing Lighthouse $LIGHTHOUSE_VERSION"
    npm install --loglevel=error --no-save --prefix "$root" "lighthouse@$LIGHTHOUSE_VERSION" >/dev/null ||
        die "npm could not install Lighthouse"
}

# The formatter and the linter, which a minimal Rust comes without.
need_linters() {
    if cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1; then return; fi
    have rustup || die "please install rustfmt and clippy for this Rust"
    say "adding rustfmt and clippy with rustup"
    rustup component add rustfmt clippy
}

need_oracles() {
    need_chromium
    need_node
    have tshark || apt_install tshark
    have tcpdump || apt_install tcpdump
    have openssl || apt_install openssl
    have curl || apt_install curl
    have xxd || apt_install xxd
    have faketime || apt_install faketime
    have certtool || apt_install gnutls-bin
    # Not the runtime alone: the tests start a Java program from its source.
    have javac || apt_install default-jdk-headless
    # What remedies are tried with; Apache's program alone, which has no service.
    have nginx || apt_install_idle nginx nginx
    have haproxy || apt_install_idle haproxy haproxy
    have apache2 || apt_install apache2-bin
    have python3 || apt_install python3
    have go || apt_install golang-go
}

need() {
    case "$1" in
    native) need_rust ;;
    lint) need_rust && need_linters ;;
    build) need_wasm && need_node && need_wasm_bindgen && need_wasm_split && need_trunk && need_optimisers ;;
    test) need build && need_browser && need_oracles ;;
    *) die "need: native, lint, build or test, not $1" ;;
    esac
}
