" Rule files of Vigie in Vim and Neovim: ~/.config/nvim/syntax/vigie.vim. Made by make-colours.
if exists('b:current_syntax') | finish | endif
syntax iskeyword @,48-57,_,192-255
syntax match vigieNumber /\<\d[0-9,]*\%(\.\d\+\)\?\%([kM]\>\|%\|pp\>\|bd\>\|mo\>\|[dwqy]\>\)\?/
syntax match vigieNumber /\<\d\{4}-\%(\d\d\%(-\d\d\)\?\|Q[1-4]\)\>/
syntax match vigieWord /\<\%(assign\|avg\|because\|below\|business\|by\|count\|day\|days\|distinct\|do\|due\|each\|end\|escalated\|every\|exactly\|fired\|fiscal\|for\|from\|here\|ignored\|last\|latest\|max\|median\|min\|month\|months\|next\|no\|on\|one\|per\|percentile\|previous\|priority\|quarter\|quarters\|segment\|share\|start\|sum\|target\|than\|this\|unless\|week\|weeks\|worth\|year\|years\)\>/
syntax match vigieOperator /\<\%(after\|ago\|and\|before\|change\|drop\|else\|if\|in\|is\|matches\|not\|of\|older\|or\|over\|overdue\|rise\|then\|where\|within\)\>\|->\|[<>!]\?=\|[<>]/
syntax match vigieType /^\s\+\S\+\s\+\zs\%(count\|date\|duration\|flag\|money\|number\|percent\|person\|ratio\|score\|share\|text\)\ze\s\+\%("\|history\|per\|=\)/
syntax match vigieClause /^\s\+\zs\%(amber\|assigns\|at\|belongs\|better\|bridge\|capacity\|check\|clear\|covered\|currency\|data\|decides\|do\|escalate\|escalates\|exists\|expect\|final\|fiscal\|for\|from\|given\|green\|holidays\|key\|label\|lagging\|leading\|left\|link\|lint\|may\|means\|mutes\|needs\|on\|once\|owner\|pipeline\|priority\|published\|red\|reject\|remind\|renewals\|reopen\|results\|review\|reviewed\|row\|settled\|state\|step\|strategic\|tell\|time\|was\|weeks\|when\|worth\)\>/
syntax match vigieName /^\%(calendar\|define\|entity\|kpi\|language\|page\|playbook\|project\|rule\|segment\|target\|team\|test\|threshold\|unreadable\|use\)\s\+\zs\k\+/
syntax match vigieHeader /^\%(calendar\|define\|entity\|kpi\|language\|page\|playbook\|project\|rule\|segment\|target\|team\|test\|threshold\|unreadable\|use\)\>/
syntax match vigieConstant /\<\%(true\|false\|known\|unknown\)\>/
syntax match vigieValue /{[^}"]*}/ contained
syntax region vigieText start=/"/ end=/"\|$/ contains=vigieValue
syntax match vigieComment /#.*$/
highlight default link vigieNumber Number
highlight default link vigieWord Keyword
highlight default link vigieOperator Operator
highlight default link vigieType Type
highlight default link vigieClause Statement
highlight default link vigieName Identifier
highlight default link vigieHeader Structure
highlight default link vigieConstant Boolean
highlight default link vigieValue Special
highlight default link vigieText String
highlight default link vigieComment Comment
let b:current_syntax = 'vigie'
