# For the scripts beside it. csv DATABASE TABLE FILE: a CSV file as a table, every column a text, as spreadsheets and
# imports give them. answers: what Vigie said, as lines "rule|key|owner|due" and "rule|unknown|rows".
datasets=$ROOT/../shared/datasets
need() { # FOLDER
  if [ ! -d "$datasets/$1" ]; then
    echo "the dataset $1 is not there: ../shared/datasets/$1"
    exit 77
  fi
}
csv() { sqlite3 "$1" '.mode csv' ".import '$3' '$2'"; }
answers() { # FILE.json
  jq -r '(.items[] | "\(.rule)|\(.key)|\(.owner // "-")|\(.due // "-")"), (.unknown[] | "\(.rule)|unknown|\(.count)")' "$1" | LC_ALL=C sort
}
