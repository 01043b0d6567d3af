#!/usr/bin/env bash
# What the GitHub Action (action.yml) runs: `oit-audit check` for each agency file, with its reports in a folder, annotations
# in the log, the job's summary, and the outputs. It ends with success; the action's last step takes the exit code.
#
# What the program prints may hold the text of pages, and a line of a log that begins with `::` is a command to GitHub.
# So commands are switched off, by a word that no page can know, while anything but the annotations is printed.
set -euo pipefail
: "${FILES:?}" "${REPORT_LANG:?}" "${OUTPUT:?}" "${SUMMARY:?}" "${GITHUB_OUTPUT:?}" "${GITHUB_STEP_SUMMARY:?}"
: "${RESOLVE?}" "${FOLDER?}" "${HOSTS?}" "${FAIL_UNDER?}" "${BASELINE?}" "${ARGS?}"

lines() { tr -d '\r' <<<"$1" | sed 's/^[[:space:]]*//; s/[[:space:]]*$//' | grep -v '^$' || true; }

# A text as the value of a command's property.
property() {
    local text=${1//'%'/%25}
    text=${text//$'\r'/%0D}
    text=${text//$'\n'/%0A}
    text=${text//:/%3A}
    printf '%s' "${text//,/%2C}"
}

[ ! -d "${RUNNER_TEMP:-}/oit-audit-program/bin" ] || PATH=$RUNNER_TEMP/oit-audit-program/bin:$PATH
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$OUTPUT"
scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$scratch"' EXIT

common=(--lang "$REPORT_LANG" --output-dir "$OUTPUT")
[ -z "$FAIL_UNDER" ] || common+=(--fail-under "$FAIL_UNDER")
while IFS= read -r target; do common+=(--resolve "$target"); done < <(lines "$RESOLVE")
while IFS= read -r arg; do common+=("$arg"); done < <(lines "$ARGS")

# The reports are named after the agency files: of two with one name only the later would be left.
twice=$(lines "$FILES" | sed 's|.*/||; s|\(.\)\.[^.]*$|\1|' | LC_ALL=C sort | uniq -d | head -n 1)
if [ -n "$twice" ]; then
    echo "::error title=oit-audit::Two agency files have the name $(property "$twice"), after which their reports are named: rename one of them, or give each a step with an \`output\` of its own"
    { echo "exit-code=2"; echo "output="; } >>"$GITHUB_OUTPUT"
    exit 0
fi

code=0
if [ -n "$FOLDER" ]; then
    mapfile -t served < <(lines "$HOSTS")
    if [ ${#served[@]} -eq 0 ]; then
        echo "::error title=oit-audit::The input \`folder\` needs the input \`hosts\`: the hosts of the website, one a line"
        { echo "exit-code=2"; echo "output="; } >>"$GITHUB_OUTPUT"
        exit 0
    fi
    python3 "$here/preview.py" "$FOLDER" --address-file "$scratch/address" >"$scratch/server.log" 2>&1 &
    server=$!
    for _ in $(seq 100); do
        [ ! -s "$scratch/address" ] || break
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    if [ ! -s "$scratch/address" ]; then
        echo "::error title=oit-audit::The folder of the website could not be served; the log says why"
        cat "$scratch/server.log" >&2
        { echo "exit-code=2"; echo "output="; } >>"$GITHUB_OUTPUT"
        exit 0
    fi
    address=$(cat "$scratch/address")
    # The server is our own, so that nobody is spared by keeping a pace.
    common+=(--rate 1000000)
    for host in "${served[@]}"; do common+=(--resolve "$host=http://$address"); done
fi

# Reports of an earlier run must not pass for those of this one, and yet a baseline may lie among them.
kept=
if [ -n "$BASELINE" ]; then
    mkdir "$scratch/baseline"
    if [ -d "$BASELINE" ] && [ "$BASELINE" -ef "$OUTPUT" ]; then
        kept=$scratch/baseline
        find "$OUTPUT" -maxdepth 1 -name '*.json' -type f -exec cp -p {} "$kept" \;
        BASELINE=$kept
    elif [ -f "$BASELINE" ] && [ "$(dirname "$BASELINE")" -ef "$OUTPUT" ]; then
        kept=$scratch/baseline
        cp -p "$BASELINE" "$kept"
        BASELINE=$kept/$(basename "$BASELINE")
    fi
fi

word=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
reports=()
while IFS= read -r file; do
    name=$(basename "$file")
    name=${name%.*}
    words=("${common[@]}")
    for extension in json html md junit.xml sarif xlsx csv; do rm -f "$OUTPUT/$name.$extension"; done
    if [ -d "$BASELINE" ]; then
        [ ! -f "$BASELINE/$name.json" ] || words+=(--baseline "$BASELINE/$name.json")
    elif [ -f "$BASELINE" ]; then
        words+=(--baseline "$BASELINE")
    elif [ -n "$BASELINE" ]; then
        echo "::notice title=oit-audit::There is no baseline yet, so that nothing is held against it"
    fi
    echo "::stop-commands::$word"
    this=0
    COLUMNS=120 oit-audit check "$file" --format terminal --format "github=$scratch/annotations" "${words[@]}" || this=$?
    echo
    echo "::$word::"
    # The reason comes first, since GitHub shows ten errors of a step. What got worse is said by the annotations.
    why=
    case "$this" in
        0) ;;
        1) [[ " ${words[*]} " == *" --baseline"* ]] || why="The predicted OIT score is below the threshold" ;;
        3) why="The agency's pages could not be judged, so that there is no result; run it again, the log says what did not answer" ;;
        *) why="The agency file or an argument is not sound; the log says where" ;;
    esac
    [ -z "$why" ] || echo "::error file=$(property "${file#./}"),title=oit-audit::$why"
    [ ! -f "$scratch/annotations" ] || cat "$scratch/annotations"
    rm -f "$scratch/annotations"
    # The graver of two: 2 before 3 before 1 before 0.
    case "$this" in
        0) ;;
        1) [ "$code" -ne 0 ] || code=1 ;;
        3) [ "$code" -eq 2 ] || code=3 ;;
        *) code=2 ;;
    esac
    [ ! -f "$OUTPUT/$name.json" ] || reports+=("$OUTPUT/$name.json")
    if [ "$SUMMARY" = true ] && [ -f "$OUTPUT/$name.md" ]; then
        { cat "$OUTPUT/$name.md"; echo; } >>"$GITHUB_STEP_SUMMARY"
    fi
done < <(lines "$FILES")

{
    echo "exit-code=$code"
    echo "output=$OUTPUT"
    if [ ${#reports[@]} -gt 0 ]; then
        # An unknown score sorts first: it is no better than the lowest.
        jq -rs 'map(.score.oit) | min_by(.predicted) | "score=\(.predicted // "")", "low=\(.low // "")", "high=\(.high // "")"' "${reports[@]}"
    fi
} >>"$GITHUB_OUTPUT"

# A run that came to nothing leaves the baseline as it was.
if [ -n "$kept" ]; then
    for file in "$kept"/*.json; do
        [ ! -f "$file" ] || [ -f "$OUTPUT/$(basename "$file")" ] || cp -p "$file" "$OUTPUT"
    done
fi
