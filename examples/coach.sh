#!/bin/sh
# What a coach might run on a Sunday evening: a plan for each client who filled in a profile,
# one for a client on the phone, and a quick look at one exercise. Usage: coach.sh [FOLDER]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-plans}
mkdir -p "$out"

# One value out of JSON on standard input, with nothing but Python: pick "EXPRESSION about d".
pick() {
    python3 -c "import json, sys; d = json.load(sys.stdin); print($1)"
}

for profile in "$here"/profiles/*; do
    name=$(basename "$profile" | sed 's/\.[a-z]*$//')
    plan=$out/$name.json
    code=0
    legday plan --answers "$profile" --format json >"$plan" || code=$?
    case $code in
    0) echo "$name: $(pick '", ".join(e["name"] + " " + e["notation"] for e in d["session"]["exercises"])' <"$plan")" ;;
    3) echo "$name: no training, see somebody first ($(pick 'd["level"]' <"$plan"))" ;;
    4) echo "$name: please ask about $(pick '", ".join(q["fact"] for q in d["open_questions"])' <"$plan")" ;;
    *) exit "$code" ;; # unusable answers (2) or rules (5): standard error has said what is wrong
    esac
done

# A client on the phone, who answers no to every screening question: flags, and a plan to print.
# Then one whose back began to ache since: flags win over what the file says.
legday plan --screened --age 45 --disc-history yes --disc-when longer_ago --back-pain 2 \
    --equipment dumbbells,bench_or_step --format markdown >"$out/phone.md"
legday plan --answers "$here/profiles/healthy-full-gym.yaml" --back-pain 2 --pain-quality dull \
    --pain-duration days --pain-trend better --format markdown >"$out/after-a-flare.md"

# May this client use the leg press? If not, what instead?
legday check "leg press" --screened --age 45 --disc-history yes --disc-when longer_ago \
    --equipment leg_press --format json |
    pick '"leg press: " + d["verdict"] + "; instead: " + ", ".join(d["instead"])'
