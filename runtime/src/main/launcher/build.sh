# Builds TFL into build/; sourced by the tfl script at the root of the repository, which sets root, build and sources.
#
#   build/image-KEY    the Java runtime with Truffle linked in
#   build/native-KEY   OpenBLAS, LLVM, oneDNN, unpacked
#   build/tfl-N        an installed TFL: bin, lib, and links to the two above
#   build/current      the name of the tfl-N in use
# A tfl-N is never changed once current names it, so a running TFL and a concurrent start see whole folders.

jdk_modules=java.desktop,java.net.http,java.sql,jdk.crypto.ec,jdk.internal.vm.ci,jdk.management
jdk_modules+=,jdk.unsupported,jdk.zipfs
truffle_modules=jdk.graal.compiler,org.graalvm.polyglot,org.graalvm.truffle,org.graalvm.truffle.compiler
truffle_modules+=,org.graalvm.truffle.runtime

say() { printf 'tfl: %s\n' "$*" >&2; }

make_fresh() {
    mkdir -p "$build" || return
    if command -v flock >/dev/null; then
        exec {lock}>"$build/lock"
        flock -n "$lock" || { say "waiting for another build to end" && flock "$lock"; }
    fi
    local status=0
    fresh || (rebuild) || status=1
    [[ -z ${lock:-} ]] || exec {lock}>&-
    current && return "$status"
}

rebuild() {
    trap 'exit 130' INT
    local started=$build/started
    : >"$started"
    find_jdk && compile && link_image && unpack_native && assemble && activate "$started" && sweep
}

# What was built is as old as the moment its build began, so a source edited meanwhile makes it stale.
activate() {
    printf '%s\n' "$app" >"$build/current.new"
    touch -r "$1" "$build/$app" "$build/current.new"
    mv -f "$build/current.new" "$build/current"
}

# A JDK 25 that can compile and link: JAVA_HOME, then the usual folders, then the one on the PATH.
find_jdk() {
    local on_path= candidate
    if command -v javac >/dev/null; then
        on_path=$(readlink -f "$(command -v javac)")
        on_path=${on_path%/bin/javac}
    fi
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
        "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* "${HOME:-/}"/.local/share/jdks/* "$on_path"; do
        if is_jdk_25 "$candidate"; then
            jdk=$candidate
            return
        fi
    done
    say "error: no JDK 25 found in JAVA_HOME, /usr/lib/jvm, /usr/java, /opt, ~/.sdkman, ~/.jdks or on the PATH"
    say "help: install a JDK 25, for instance Temurin 25 (package temurin-25-jdk), or set JAVA_HOME to one"
    return 1
}

is_jdk_25() {
    [[ -n $1 && -x $1/bin/javac && -x $1/bin/jlink && -f $1/release ]] || return
    grep -q '^JAVA_VERSION="25[".]' "$1/release"
}

# Maven's output goes to a log; what reaches the terminal is one line a module, or the errors.
compile() {
    if ! command -v mvn >/dev/null; then
        say "error: mvn (Apache Maven 3.8 or newer) is not on the PATH"
        say "help: install it, for instance with: apt install maven"
        return 1
    fi
    command -v java >/dev/null || [[ -n ${JAVA_HOME:-} ]] || export JAVA_HOME=$jdk
    local log=$build/compile.log status
    rm -rf "$root"/runtime/target/{lib,modules}
    set -o pipefail
    JAVA25_HOME=$jdk mvn -B -f "$root/pom.xml" -pl runtime -am package -Dmaven.test.skip=true \
        -Dorg.slf4j.simpleLogger.showThreadName=false </dev/null 2>&1 | tee "$log" | progress && status=0 || status=$?
    set +o pipefail
    if ((status)); then
        sed -n 's/^\[ERROR\] //p' "$log" | grep -vE '^(To see|Re-run|For more|After correcting|  mvn|-> \[Help|\[Help|$)' |
            sed 's/ -> \[Help.*//' | awk '!seen[$0]++' | head -n 40 >&2
        say "error: the build failed; its whole log is in build/compile.log"
        return 1
    fi
}

progress() {
    local line downloading=
    while IFS= read -r line; do
        case $line in
            *"Downloading from"*)
                [[ -n $downloading ]] || say "downloading libraries (the first time only)"
                downloading=yes ;;
            *"] Building "*"["*"/"*"]")
                line=${line#*Building }
                line=${line%% *}
                case $line in
                    TFL) ;;
                    runtime) say "gathering libraries" ;;
                    *) say "compiling $line" ;;
                esac ;;
        esac
    done
}

# Everything of Truffle goes into the image, the Graal compiler too: without a module path, the start-up cache does
# not depend on where TFL lies. See docs/decisions/runtime-image.md.
link_image() {
    local modules=$root/runtime/target/modules roots=$jdk_modules,$truffle_modules parts
    parts=$(cat "$jdk/release" <(cd "$modules" && ls) <(printf '%s\n' "$roots") "$root/runtime/src/main/launcher/Link.java")
    image=image-$(cksum <<<"$parts" | cut -d' ' -f1)
    [[ -d $build/$image ]] && return
    say "linking the runtime image"
    rm -rf "$build/$image.new"
    run_jlink "$modules" "$roots" "$build/$image.new" >"$build/link.log" 2>&1 || {
        cat "$build/link.log" >&2
        say "error: the JDK in $jdk could not link the runtime image"
        return 1
    }
    mv "$build/$image.new" "$build/$image"
}

# JDKs come with packaged modules (jmods), or can link from themselves. Either way the placeholder stays out.
run_jlink() {
    if [[ -f $jdk/jmods/java.base.jmod ]]; then
        local packaged=$build/jmods jmod
        rm -rf "$packaged" && mkdir "$packaged" || return
        for jmod in "$jdk"/jmods/*.jmod; do
            [[ $jmod == */jdk.graal.compiler.jmod ]] || ln -s "$jmod" "$packaged/"
        done
        "$jdk/bin/jlink" --module-path "$1:$packaged" --add-modules "$2" --strip-java-debug-attributes --output "$3"
    else
        "$jdk/bin/java" --add-modules jdk.jlink --add-exports jdk.jlink/jdk.tools.jlink.builder=ALL-UNNAMED \
            --add-exports jdk.jlink/jdk.tools.jlink.internal=ALL-UNNAMED \
            --add-exports jdk.jlink/jdk.tools.jlink.plugin=ALL-UNNAMED \
            "$root/runtime/src/main/launcher/Link.java" "$1" "$2" "$3"
    fi
}

unpack_native() {
    local made=$root/runtime/target/native parts
    mkdir -p "$made"
    parts=$(cd "$made" && find . -type f -printf '%f %s\n' | sort)
    native=native-$(cksum <<<"$parts" | cut -d' ' -f1)
    [[ -d $build/$native ]] && return
    say "unpacking native libraries"
    rm -rf "$build/$native.new"
    mkdir "$build/$native.new"
    find "$made" -type f -exec cp -t "$build/$native.new" {} +
    mv "$build/$native.new" "$build/$native"
}

assemble() {
    local made=$root/runtime/target jar
    app=tfl-$(date +%s)-$$
    local to=$build/$app
    mkdir -p "$to/bin" "$to/lib"
    cp "$root/runtime/src/main/launcher/tfl" "$to/bin/tfl"
    chmod +x "$to/bin/tfl"
    cp -p "$made"/lib/*.jar "$to/lib/"
    make_plain "$to/lib" "$made/modules" || return
    (cd "$to/lib" && ls -- *.jar | tr '\n' ' ' >class-path && echo >>class-path)
    ln -s "../$image" "$to/runtime"
    ln -s "../$native" "$to/native"
    record "$to"
}

# Our own jars are named for the rooms and our version.
make_plain() {
    local version own=() other=() jar
    version=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' "$root/pom.xml" | head -n 1)
    for jar in "$1"/*.jar; do
        if [[ -d $root/$(basename "$jar" "-$version.jar") ]]; then own+=("$jar"); else other+=("$jar"); fi
    done
    "$jdk/bin/java" -XX:TieredStopAtLevel=1 "$root/runtime/src/main/launcher/PlainBytecode.java" \
        "${own[@]}" -- "${other[@]}" "$2"/*.jar >"$build/plain.log" 2>&1 && return
    cat "$build/plain.log" >&2
    say "error: the bytecode of the jars could not be rewritten"
    return 1
}

# The AOT cache holds the classes that a training run used, parsed and linked, so that a start reads none of them.
# That run finds one of its kernels in the kernel cache and compiles the others.
record() {
    say "recording the start-up cache"
    local log=$build/record.log configuration=$1/tfl.aotconf
    # Methods with a profile would be compiled at their first calls, all at once, while the program starts.
    local without_profiles="-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining -XX:-AOTReplayTraining"
    rm -rf "$build/training-cache"
    TFL_CACHE=$build/training-cache in_folder "$1" -e 'exp(ones((200000,)))' >"$log" 2>&1 </dev/null
    TFL_CACHE=$build/training-cache \
        TFL_AOT="-XX:AOTMode=record -XX:AOTConfiguration=tfl.aotconf $without_profiles" \
        in_folder "$1" "$root/runtime/src/main/training/training.tfl" >>"$log" 2>&1 </dev/null ||
        say "warning: the training run failed (build/record.log says why); starts will be slower"
    TFL_AOT="-XX:AOTMode=create -XX:AOTConfiguration=tfl.aotconf -XX:AOTCache=tfl.aot $without_profiles" \
        in_folder "$1" >>"$log" 2>&1 </dev/null
    [[ -f $1/tfl.aot ]] ||
        say "warning: no start-up cache could be recorded (build/record.log says why); starts will be slower"
    rm -f "$configuration"
}

# Starts the TFL of a folder in that folder, so that TFL_AOT needs no path, which might hold a space.
in_folder() { (cd "$1" && shift && exec bin/tfl "$@"); }

# Keeps the folder in use and the one before it, which a running TFL may still read.
sweep() {
    local old keep=2
    for old in $(cd "$build" && ls -dt tfl-*-* 2>/dev/null); do
        [[ -d $build/$old ]] || continue
        if ((keep-- > 0)); then continue; fi
        rm -rf "${build:?}/$old"
    done
    for old in "$build"/image-* "$build"/native-*; do
        [[ $(readlink "$build"/tfl-*/runtime "$build"/tfl-*/native) == *"${old##*/}"* ]] || rm -rf "$old"
    done
}

# A folder with real copies instead of links, packed. The start-up cache recorded in build/ holds there too, since
# it knows its jars by their place under the folder, their size and their time.
make_dist() {
    local version name
    version=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' "$root/pom.xml" | head -n 1)
    name=tfl-$version-linux-x86_64
    local stage=$build/dist/$name archive=$build/$name.tar.gz
    say "packing build/$name.tar.gz"
    rm -rf "$build/dist"
    mkdir -p "$build/dist" && cp -a "$build/$app" "$stage" && rm "$stage/runtime" "$stage/native" &&
        cp -al "$(readlink -f "$build/$app/runtime")" "$stage/runtime" &&
        cp -al "$(readlink -f "$build/$app/native")" "$stage/native" &&
        cp -r "$root"/{LICENSE,README.md,CHANGELOG.md,docs,examples} "$stage/" &&
        tar -C "$build/dist" --owner=0 --group=0 -cf - "$name" | gzip -5 >"$archive.new" &&
        mv -f "$archive.new" "$archive" && rm -rf "$build/dist" &&
        say "made build/$name.tar.gz ($(du -h "$archive" | cut -f1)); unpack it anywhere and run bin/tfl"
}
