#!/usr/bin/env bash
# Writes each Markdown report of a folder as a comment of a pull request, or over the comment that was written before: a
# report begins with a line that names its agency file, hidden to readers. Only comments of bots are written over.
set -euo pipefail

for report in "$OUTPUT"/*.md; do
    [ -f "$report" ] || continue
    marker=$(head -n 1 "$report")
    export marker
    case "$marker" in
        "<!-- oit-audit: "*" -->") ;;
        *) continue ;;
    esac
    comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
    written=$(gh api --paginate "$comments" --jq '.[] | select(.user.type == "Bot" and (.body | startswith(env.marker))) | .id' | head -n 1)
    if [ -n "$written" ]; then
        gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$written" --field "body=@$report"
    else
        gh api --silent --method POST "$comments" --field "body=@$report"
    fi
done
