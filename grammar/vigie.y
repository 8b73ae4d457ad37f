/* The grammar of Vigie. In: tokens as words.c hands them over, a line a clause. Out: flat clauses, one ast_* or
 * build_* call an action. Clauses are attached to their heads later (syntax/attach.c), so a broken header costs one
 * message and keeps its neighbours. Names of tokens in messages are their aliases here. See README.md beside this. */
%define api.pure full
%define api.push-pull push
%define api.prefix {vigie_parse_}
%define api.token.prefix {TOK_}
%define api.location.type {struct span}
%define parse.error custom
%define parse.lac full
%define lr.type ielr
%define api.token.raw
%locations
%expect 0
%param {struct parse_state *px}

%code requires {
#include "syntax/build.h"
#include "syntax/token.h"
}
%code {
#define YYLLOC_DEFAULT(cur, rhs, n) \
  ((cur) = (n) ? span_join(YYRHSLOC(rhs, 1), YYRHSLOC(rhs, n)) : (struct span){YYRHSLOC(rhs, 0).src, YYRHSLOC(rhs, 0).end, YYRHSLOC(rhs, 0).end})
static void yyerror(struct span *at, struct parse_state *px, const char *message);
}

%union {
  const struct token *tok;
  struct expr *expr;
  expr_list *exprs;
  struct clause *clause;
  dim_list *dims;
  param_list *params;
  fact_list *facts;
  struct fact *fact;
  option_list *options;
  name_list *names;
  struct actions *actions;
  struct period period;
  int op;
}

/* ---- literals and names ---- */
%token <tok> NUMBER "a number" PERCENT "a percent" POINTS "points" DURATION "a duration" DATE "a date"
%token <tok> PERIOD "a period" MONTH_DAY "a month and day" STRING "a quoted text" NAME "a name"
%token <tok> CURRENCY_CODE "a currency"
/* ---- reserved everywhere ---- */
%token <tok> AND "and" OR "or" NOT "not" IS "is" IN "in" OF "of" OVER "over" WHERE "where" AGO "ago" ELSE "else"
%token <tok> WITHIN "within" OVERDUE "overdue" OLDER "older" BEFORE "before" AFTER "after" DROP "drop" RISE "rise"
%token <tok> CHANGE "change" MATCHES "matches" UNKNOWN "unknown" KNOWN "known" TRUE "true" FALSE "false" IF "if"
%token <tok> THEN "then"
/* ---- decided by their neighbours ---- */
%token <tok> IF_ELSE "else of an if" AGG "sum, avg, min, max, median or latest" PERCENTILE "percentile" COUNT "count"
%token <tok> DISTINCT "distinct" SHARE "share" ONE "one" START "start" END "end" SINCE "days since" UNTIL "days until"
%token <tok> SEGMENT "segment" LAST "last" NEXT "next" THIS "this" PREVIOUS "previous" UNIT "week, month, quarter or year"
%token <tok> THAN "than" UNLESS "unless" FOR "for" FOR_ALL "for all" FOR_EACH "for each" BY "by" FROM "from" BECAUSE "because"
%token <tok> ASSIGN "assign" DUE "due" ACT_DO "do" ACT_PRIORITY "priority" ACT_WORTH "worth" EVERY "every" NO "no"
%token <tok> EXACTLY "exactly" ESCALATED "escalated" IGNORED "ignored" FIRED "fired" EXPECT_TARGET "the target" ON_DAY "on a day" PERIOD_OF "month of, quarter of" BUSINESS_SINCE "business days since" BUSINESS_UNTIL "business days until"
%token <tok> SPAN_UNIT "days, weeks or months" EACH_UNIT "each month, each week" PER "per month, per year" BELOW "below" HERE_AND_BELOW "here and below"
/* ---- signs ---- */
%token <tok> LPAREN "(" RPAREN ")" COMMA "," LIST_COMMA ", of a list" DOT "." EQ "=" NE "!=" LT "<" LE "<=" GT ">"
%token <tok> GE ">=" PLUS "+" MINUS "-" STAR "*" SLASH "/" ARROW "->" NEWLINE "the end of the line"
/* ---- a sign that was reported and has no place: its clause cannot be read, and costs no second message ---- */
%token <tok> BROKEN "a sign that was reported"
/* ---- the first word of a clause ---- */
%token <tok> ATTR "an attribute" K_LANGUAGE "language" K_UNREADABLE "unreadable" K_USE "use" K_PROJECT "project" K_PAGE "page" K_RESULTS "results" K_BRIDGE "bridge" K_RENEWALS "renewals" K_PIPELINE "pipeline" K_LINT "lint" K_DATA "data" K_STATE "state" K_OUTPUT "language of output" K_REJECT "reject" K_CALENDAR "calendar" K_ENTITY "entity" K_SEGMENT "segment clause"
%token <tok> K_THRESHOLD "threshold" K_KPI "kpi" K_DEFINE "define" K_TEAM "team" K_PLAYBOOK "playbook" K_STEP "step" K_RULE "rule" K_TARGET "target" K_TEST "test"
%token <tok> K_FISCAL "fiscal" K_WEEKS "weeks" K_HOLIDAYS "holidays" K_CURRENCY "currency" K_TIME "time" K_KEY "key" K_LABEL "label" K_LINK "link clause"
%token <tok> K_EXISTS "exists" K_MAY "may" K_BELONGS "belongs" K_AT "at" K_FOR "for clause" K_FROM "from clause" K_REVIEW "review"
%token <tok> K_REVIEWED "reviewed" K_MEANS "means" K_OWNER "owner" K_STRATEGIC "strategic" K_PUBLISHED "published" K_FINAL "final" K_LEADING "leading"
%token <tok> K_LAGGING "lagging" K_IN "in clause" K_NEEDS "needs" K_BETTER "better" K_GREEN "green" K_AMBER "amber" K_RED "red"
%token <tok> K_DECIDES "decides" K_ASSIGNS "assigns" K_LEFT "left when" K_COVERED "covered" K_CAPACITY "capacity" K_ESCALATES "escalates" K_TELL "tell" K_WHEN "when"
%token <tok> K_DO "do clause" K_PRIORITY "priority clause" K_WORTH "worth clause" K_ONCE "once" K_CLEAR "clear when"
%token <tok> K_ESCALATE "escalate" K_REMIND "remind" K_SETTLED "settled when" K_REOPEN "reopen" K_IFROW "if row gone" K_MUTES "mutes" K_WAS "was" K_ATMOST "at most" K_IFUNKNOWN "if unknown" K_CHECK "check" K_ON "on" K_GIVEN "given" K_ROW "row" K_EXPECT "expect"

%type <expr> aper expr or_expr and_expr not_expr cmp else_expr add mul unary postfix primary if_expr branch agg aadd amul aunary
%type <expr> aside path dur day_operand literal amount arg agg_tail because_opt opt_over due_value
%type <exprs> args one_list aadd_list cells more_days
%type <period> period period_ref
%type <op> relop move edge level
%type <clause> clause head project_clause page_clause bridge renewals define_clause entity_clause calendar_clause threshold_clause kpi_clause team_clause tell playbook_clause step rule_clause test_clause sentence assigned
%type <clause> kpi_head about about_target
%type <dims> dims
%type <params> params param_items
%type <facts> facts facts_opt columns
%type <fact> fact column
%type <options> options
%type <actions> actions expected
%type <names> paths entries because_paths standing
%type <tok> word set

%%

file: %empty | file line ;

line: NEWLINE
    | clause NEWLINE  { build_clause(px, $1, @1); }
    | error NEWLINE   { build_broken(px); yyerrok; } ;

clause: head | project_clause | page_clause | define_clause | calendar_clause | entity_clause | threshold_clause | kpi_clause | team_clause | playbook_clause | rule_clause | test_clause
      | sentence ;

/* ---- headers ---------------------------------------------------------------------------------- */

head: K_LANGUAGE NUMBER               { $$ = build_number(px, C_LANGUAGE, $2); }
    | K_UNREADABLE NAME NAME NAME PERCENT { $$ = build_unreadable(px, $2, $3, $4, $5); }
    | K_USE path                      { $$ = build_expr(px, C_USE, $2); }
    | K_USE STRING                    { $$ = build_text(px, C_USE, $2); }
    | K_PROJECT                       { $$ = build(px, C_PROJECT); }
    | K_PAGE                          { $$ = build(px, C_PAGE); }
    | K_PAGE STRING                   { $$ = build_text(px, C_PAGE, $2); }
    | K_CALENDAR                      { $$ = build(px, C_CALENDAR); }
    | K_ENTITY NAME FROM STRING       { $$ = build_column(px, C_ENTITY, $2, $4); }
    | K_SEGMENT NAME OF NAME WHERE expr { $$ = build_of(px, build_named(px, C_SEGMENT, $2, $6), $4); }
    | K_THRESHOLD NAME EQ add because_opt { $$ = build_because(px, build_named(px, C_THRESHOLD, $2, $4), $5); }
    | K_THRESHOLD NAME BY dims        { $$ = build_dims(px, build_named(px, C_THRESHOLD, $2, NULL), $4); }
    | kpi_head EQ expr                { $$ = $1; $$->expr = $3; }
    | K_DEFINE NAME LPAREN params RPAREN EQ expr { $$ = build_define(px, $2, $4, $7); }
    | K_DEFINE NAME                   { $$ = build_named(px, C_DEFINE, $2, NULL); }
    | K_TEAM NAME                     { $$ = build_named(px, C_TEAM, $2, NULL); }
    | K_PLAYBOOK NAME                 { $$ = build_named(px, C_PLAYBOOK, $2, NULL); }
    | K_RULE NAME                     { $$ = build_named(px, C_RULE, $2, NULL); }
    | K_RULE NAME FOR NAME            { $$ = build_of(px, build_named(px, C_RULE, $2, NULL), $4); }
    | K_RULE NAME FOR_EACH dims       { $$ = build_dims(px, build_named(px, C_RULE, $2, NULL), $4); }
    | K_TARGET expr BY add            { $$ = build_expr2(px, C_TARGET, $2, $4); }
    | K_TARGET expr FOR_EACH dims BY add { $$ = build_dims(px, build_expr2(px, C_TARGET, $2, $6), $4); }
    | K_TEST STRING                   { $$ = build_text(px, C_TEST, $2); } ;

kpi_head: K_KPI NAME                  { $$ = build_named(px, C_KPI, $2, NULL); }
    | K_KPI NAME OF NAME              { $$ = build_of(px, build_named(px, C_KPI, $2, NULL), $4); }
    | K_KPI NAME BY dims              { $$ = build_dims(px, build_named(px, C_KPI, $2, NULL), $4); } ;

dims: path                            { $$ = build_dim(px, NULL, $1, NULL); }
    | PERIOD_OF OF path               { $$ = build_dim_period(px, build_dim(px, NULL, $3, NULL), $1); }
    | dims COMMA PERIOD_OF OF path    { $$ = build_dim_period(px, build_dim(px, $1, $5, NULL), $3); }
    | path dur AGO                    { $$ = build_dim(px, NULL, $1, $2); }
    | dims COMMA path                 { $$ = build_dim(px, $1, $3, NULL); }
    | dims COMMA path dur AGO         { $$ = build_dim(px, $1, $3, $4); } ;

params: %empty                        { $$ = build_param(px, NULL, NULL, NULL); }
    | param_items ;
param_items: NAME                     { $$ = build_param(px, NULL, $1, NULL); }
    | NAME NAME                       { $$ = build_param(px, NULL, $1, $2); }
    | param_items COMMA NAME          { $$ = build_param(px, $1, $3, NULL); }
    | param_items COMMA NAME NAME     { $$ = build_param(px, $1, $3, $4); } ;

because_opt: %empty                   { $$ = NULL; }
    | BECAUSE STRING                  { $$ = ast_text(px, E_STRING, $2); } ;

/* ---- clauses under a header ------------------------------------------------------------------- */

project_clause:
      K_LINT NAME NAME because_opt    { $$ = build_because(px, build_of(px, build_named(px, C_LINT, $2, NULL), $3), $4); }
    | K_LINT NAME NAME IN STRING because_opt
                                      { $$ = build_because(px, build_of(px, build_column(px, C_LINT, $2, $5), $3), $6); }
    | K_DATA STRING                   { $$ = build_text(px, C_DATA, $2); }
    | K_STATE STRING                  { $$ = build_text(px, C_STATE, $2); }
    | K_OUTPUT OF NAME NAME           { $$ = build_of(px, build_named(px, C_OUTPUT, $3, NULL), $4); } ;

page_clause:
      K_RESULTS dims                  { $$ = build_dims(px, build(px, C_RESULTS), $2); }
    | K_LEADING dims                  { $$ = build_dims(px, build(px, C_LEADING), $2); }
    | bridge
    | bridge NAME FROM path           { $$ = build_page_word(px, $1, $2, "new", NULL); $$->expr2 = $4; }
    | renewals
    | renewals NAME path              { $$ = build_page_word(px, $1, $2, "worth", NULL); $$->expr2 = $3; }
    | K_PIPELINE OF NAME              { $$ = build_named(px, C_PIPELINE, $3, NULL); }
    | K_PIPELINE OF NAME NAME NAME    { $$ = build_page_word(px, build_named(px, C_PIPELINE, $3, NULL), $4, "weighted", $5); } ;

bridge: K_BRIDGE OF NAME OVER DURATION { $$ = build_bridge(px, $3, $5, NULL); }
    | K_BRIDGE OF NAME OVER DURATION BY path { $$ = build_bridge(px, $3, $5, $7); } ;

renewals: K_RENEWALS OF NAME ON_DAY path { $$ = build_of(px, build_expr(px, C_RENEWALS, $5), $3); } ;

define_clause:
      K_REJECT NAME because_opt       { $$ = build_because(px, build_named(px, C_REJECT, $2, NULL), $3); }
    | K_REJECT NAME WHERE expr because_opt
                                      { $$ = build_because(px, build_named(px, C_REJECT, $2, $4), $5); } ;

calendar_clause:
      K_FISCAL NAME NAME MONTH_DAY    { $$ = build_fiscal(px, $2, $3, $4, NULL, NULL); }
    | K_FISCAL NAME NAME MONTH_DAY NAME BY NAME NAME { $$ = build_fiscal(px, $2, $3, $4, $5, $7); }
    | K_FISCAL NAME FROM STRING options { $$ = build_options(px, build_fiscal_periods(px, $2, $4), $5); }
    | K_WEEKS NAME NAME               { $$ = build_weeks(px, $2, $3); }
    | K_HOLIDAYS FROM STRING NAME STRING options { $$ = build_options(px, build_holidays(px, $3, $4, $5), $6); }
    | K_CURRENCY CURRENCY_CODE        { $$ = build_named(px, C_CURRENCY, $2, NULL); }
    | K_CURRENCY NAME                 { $$ = build_named(px, C_CURRENCY, $2, NULL); }
    | K_TIME NAME STRING              { $$ = build_column(px, C_TIME, $2, $3); } ;

entity_clause:
      K_KEY STRING options            { $$ = build_options(px, build_column(px, C_KEY, NULL, $2), $3); }
    | K_LABEL STRING                  { $$ = build_column(px, C_LABEL, NULL, $2); }
    | K_LINK STRING                   { $$ = build_text(px, C_LINK, $2); }
    | K_AT STRING options             { $$ = build_options(px, build_column(px, C_AT, NULL, $2), $3); }
    | K_EXISTS FROM STRING options    { $$ = build_options(px, build_column(px, C_EXISTS, NULL, $3), $4); }
    | K_MAY NAME NAME                 { $$ = build_of(px, build_named(px, C_MAY, $2, NULL), $3); }
    | K_BELONGS NAME NAME BY STRING options { $$ = build_options(px, build_belongs(px, $2, $3, NULL, NULL, $5), $6); }
    | K_BELONGS NAME NAME NAME NAME BY STRING options
                                      { $$ = build_options(px, build_belongs(px, $2, $3, $4, $5, $7), $8); }
    | ATTR FROM STRING options        { $$ = build_options(px, build_column(px, C_INTERVAL, $1, $3), $4); }
    | ATTR NAME STRING options        { $$ = build_options(px, build_attr(px, $1, $2, $3, NULL), $4); }
    | ATTR NAME EQ expr               { $$ = build_attr(px, $1, $2, NULL, $4); }
    | ATTR NAME PER STRING options    { $$ = build_options(px, build_per(px, build_attr(px, $1, $2, $4, NULL), $3), $5); }
    | ATTR NAME PER EQ expr           { $$ = build_per(px, build_attr(px, $1, $2, NULL, $5), $3); }
    | ATTR NAME PER NAME STRING options { $$ = build_options(px, build_per(px, build_history(px, $1, $2, $4, $5), $3), $6); }
    | ATTR NAME NAME STRING options   { $$ = build_options(px, build_history(px, $1, $2, $3, $4), $5); } ;

options: %empty                       { $$ = build_option(px, NULL, NULL, NULL, NULL); }
    | options NAME STRING             { $$ = build_option(px, $1, $2, ast_text(px, E_STRING, $3), NULL); }
    | options NAME DURATION           { $$ = build_option(px, $1, $2, ast_literal(px, E_DURATION, $3), NULL); }
    | options NAME CURRENCY_CODE      { $$ = build_option(px, $1, $2, ast_text(px, E_STRING, $3), NULL); }
    | options BY STRING               { $$ = build_option(px, $1, $2, ast_text(px, E_STRING, $3), NULL); }
    | options IN SPAN_UNIT            { $$ = build_option(px, $1, $2, ast_text(px, E_STRING, $3), NULL); }
    | options IN NAME NAME STRING     { $$ = build_zone_option(px, $1, $3, $4, $5); }
    | options PER                     { $$ = build_option(px, $1, $2, NULL, NULL); }
    | options NAME AFTER DURATION      { $$ = build_option(px, $1, $2, ast_literal(px, E_DURATION, $4), NULL); }
    | options NAME IS UNKNOWN         { $$ = build_option(px, $1, $2, NULL, NULL); }
    | options KNOWN FROM NAME         { $$ = build_option(px, $1, $2, ast_path(px, NULL, $4), NULL); }
    | options ONE OF one_list         { $$ = build_option(px, $1, $2, NULL, $4); } ;

threshold_clause:
      K_FOR NAME EQ add because_opt   { $$ = build_because(px, build_named(px, C_FOR, $2, $4), $5); }
    | K_FOR entries EQ add because_opt { $$ = build_because(px, build_entries(px, $2, $4), $5); }
    | K_FOR NAME FROM DATE EQ add because_opt { $$ = build_because(px, build_day(px, build_named(px, C_FOR, $2, $6), $4), $7); }
    | K_FOR entries FROM DATE EQ add because_opt { $$ = build_because(px, build_day(px, build_entries(px, $2, $6), $4), $7); }
    | K_FROM DATE EQ add because_opt  { $$ = build_because(px, build_day(px, build_expr(px, C_FROM, $4), $2), $5); }
    | K_REVIEW EVERY UNIT             { $$ = build_named(px, C_REVIEW, $3, NULL); }
    | K_REVIEWED DATE                 { $$ = build_day(px, build(px, C_REVIEWED), $2); } ;

kpi_clause:
      K_MEANS STRING                  { $$ = build_text(px, C_MEANS, $2); }
    | K_OWNER NAME                    { $$ = build_named(px, C_OWNER, $2, NULL); }
    | K_OWNER STRING                  { $$ = build_text(px, C_OWNER, $2); }
    | K_STRATEGIC                     { $$ = build(px, C_STRATEGIC); }
    | K_PUBLISHED                     { $$ = build(px, C_PUBLISHED); }
    | K_FINAL AFTER DURATION          { $$ = build_duration(px, C_FINAL, $3); }
    | K_LEADING                       { $$ = build(px, C_LEADING); }
    | K_LAGGING                       { $$ = build(px, C_LAGGING); }
    | K_IN NAME                       { $$ = build_named(px, C_IN, $2, NULL); }
    | K_NEEDS NUMBER NAME             { $$ = build_needs(px, $2, $3); }
    | K_BETTER NAME                   { $$ = build_named(px, C_BETTER, $2, NULL); }
    | K_GREEN relop add               { $$ = build_band(px, C_GREEN, $2, $3, 0, NULL); }
    | K_GREEN relop add AND relop add { $$ = build_band(px, C_GREEN, $2, $3, $5, $6); }
    | K_AMBER relop add               { $$ = build_band(px, C_AMBER, $2, $3, 0, NULL); }
    | K_AMBER relop add AND relop add { $$ = build_band(px, C_AMBER, $2, $3, $5, $6); }
    | K_RED relop add                 { $$ = build_band(px, C_RED, $2, $3, 0, NULL); }
    | K_RED relop add AND relop add   { $$ = build_band(px, C_RED, $2, $3, $5, $6); }
    | K_DECIDES STRING                { $$ = build_text(px, C_DECIDES, $2); } ;

team_clause:
      assigned                        { $$ = $1; }
    | assigned UNLESS aside           { $$ = build_unless(px, $1, $3, NULL); }
    | assigned UNLESS aside ELSE else_expr { $$ = build_unless(px, $1, $3, $5); }
    | K_LEFT expr                     { $$ = build_expr(px, C_LEFT, $2); }
    | K_COVERED BY path               { $$ = build_expr(px, C_COVERED, $3); }
    | K_CAPACITY NUMBER               { $$ = build_number(px, C_CAPACITY, $2); }
    | K_ESCALATES NAME NAME           { $$ = build_to(px, C_ESCALATES, $2, $3); }
    | tell ;

tell: K_TELL NAME                     { $$ = build_named(px, C_TELL, $2, NULL); }
    | tell NAME                       { $$ = build_tell(px, $1, $2, NULL); }
    | tell NAME STRING                { $$ = build_tell(px, $1, $2, $3); }
    | K_TELL NAME STRING              { $$ = build_tell(px, build_named(px, C_TELL, $2, NULL), $3, $3); }
    | tell FROM STRING                { $$ = build_tell(px, $1, $2, $3); }
    | tell COMMA NAME NAME            { $$ = build_tell(px, $1, $3, $4); }
    | tell COMMA NAME NUMBER NAME NUMBER { $$ = build_tell_hours(px, $1, $3, $4, $6); } ;

playbook_clause: step ;
step: K_STEP STRING                   { $$ = build_text(px, C_STEP, $2); }
    | step COMMA DUE due_value        { $$ = build_step_due(px, $1, $4); }
    | step COMMA ASSIGN NAME          { $$ = build_step_team(px, $1, $4); } ;

assigned:
      K_ASSIGNS else_expr             { $$ = build_expr(px, C_ASSIGNS, $2); }
    | K_ASSIGNS IN NAME entries       { $$ = build_in_turn(px, $3, $4); } ;

/* What stands before an `else` that is not its own. */
aside: primary
    | NOT aside                       { $$ = ast_node(px, E_NOT, 0, $2, NULL, NULL, @$); } ;

rule_clause:
      K_WHEN expr                     { $$ = build_expr(px, C_WHEN, $2); }
    | K_WHEN expr ARROW actions       { $$ = build_expr(px, C_WHEN, $2); $$->actions = $4; }
    | K_DO STRING                     { $$ = build_text(px, C_DO, $2); }
    | K_DO NAME                       { $$ = build_of(px, build(px, C_DO), $2); }
    | K_DO NAME STRING                { $$ = build_of(px, build_text(px, C_DO, $3), $2); }
    | K_PRIORITY NAME                 { $$ = build_named(px, C_PRIORITY, $2, NULL); }
    | K_WORTH add                     { $$ = build_expr(px, C_WORTH, $2); }
    | K_ONCE NAME add                 { $$ = build_named(px, C_ONCE, $2, $3); }
    | K_CLEAR expr                    { $$ = build_expr(px, C_CLEAR, $2); }
    | K_ESCALATE dur AFTER word       { $$ = build_escalate(px, $2, $4, NULL, NULL); }
    | K_ESCALATE dur AFTER word NAME NAME { $$ = build_escalate(px, $2, $4, $5, $6); }
    | K_WAS NAME                      { $$ = build_named(px, C_WAS, $2, NULL); }
    | K_MUTES NAME                    { $$ = build_named(px, C_MUTES, $2, NULL); }
    | K_REMIND EVERY dur              { $$ = build_length(px, C_REMIND, $3); }
    | K_SETTLED expr                  { $$ = build_expr(px, C_SETTLED, $2); }
    | K_REOPEN AFTER dur              { $$ = build_length(px, C_REOPEN, $3); }
    | K_IFROW NAME                    { $$ = build_named(px, C_IFROW, $2, NULL); }
    | K_ATMOST NAME NUMBER            { $$ = build_at_most(px, $3, NULL); }
    | K_ATMOST NAME NUMBER NAME       { $$ = build_at_most(px, $3, $4); }
    | K_IFUNKNOWN UNKNOWN NAME        { $$ = build_named(px, C_IFUNKNOWN, $3, NULL); }
    | K_CHECK NAME                    { $$ = build_named(px, C_CHECK, $2, NULL); } ;

test_clause:
      K_ON DATE                       { $$ = build_day(px, build(px, C_ON), $2); }
    | K_GIVEN NAME facts_opt          { $$ = build_given(px, $2, NULL, $3); }
    | K_GIVEN NAME STRING facts_opt   { $$ = build_given(px, $2, $3, $4); }
    | K_GIVEN NAME amount             { $$ = build_given_total(px, $2, NULL, NULL, $3); }
    | K_GIVEN NAME more_days          { $$ = build_given_days(px, $2, $3); }
    | K_GIVEN NAME DURATION AGO amount { $$ = build_given_total(px, $2, NULL, $3, $5); }
    | K_GIVEN NAME FOR entries amount { $$ = build_given_total(px, $2, $4, NULL, $5); }
    | K_GIVEN NAME FOR entries DURATION AGO amount { $$ = build_given_total(px, $2, $4, $5, $7); }
    | K_GIVEN NAME columns            { $$ = build_given_table(px, $2, $3); }
    | K_ROW cells                     { $$ = build_row(px, $2); }
    | K_EXPECT about                  { $$ = build_expect(px, $2, EXPECT_FIRES); }
    | K_EXPECT about ARROW expected   { $$ = build_expect(px, $2, EXPECT_FIRES); $$->actions = $4; }
    | K_EXPECT about UNKNOWN because_paths { $$ = build_expect_because(px, $2, EXPECT_UNKNOWN, $4); }
    | K_EXPECT about IGNORED because_paths { $$ = build_expect_because(px, $2, EXPECT_IGNORED, $4); }
    | K_EXPECT about FIRED UNKNOWN because_paths { $$ = build_expect_because(px, $2, EXPECT_FIRED_UNKNOWN, $5); }
    | K_EXPECT about ESCALATED        { $$ = build_expect(px, $2, EXPECT_ESCALATED); }
    | K_EXPECT about ESCALATED NAME NAME { $$ = build_expect_escalated(px, build_expect(px, $2, EXPECT_ESCALATED), $4, $5); }
    | K_EXPECT about NOT ESCALATED    { $$ = build_expect(px, $2, EXPECT_NOT_ESCALATED); }
    | K_EXPECT NO about               { $$ = build_expect(px, $3, EXPECT_NOTHING); }
    | K_EXPECT EXACTLY NUMBER         { $$ = build_expect_count(px, NULL, $3); }
    | K_EXPECT EXACTLY NUMBER NAME    { $$ = build_expect_count(px, $4, $3); }
    | K_EXPECT about EQ literal       { $$ = build_expect(px, $2, EXPECT_VALUE); $$->expr = $4; }
    | K_EXPECT about_target standing  { $$ = build_expect_target(px, $2, $3, @3); }
    | K_EXPECT about_target standing ARROW expected { $$ = build_expect_target(px, $2, $3, @3); $$->actions = $5; }
    | K_EXPECT about_target UNKNOWN   { $$ = build_expect_target(px, $2, NULL, @3); } ;

about: NAME                           { $$ = build_about(px, $1, NULL); }
    | NAME FOR entries                { $$ = build_about(px, $1, $3); } ;

about_target: EXPECT_TARGET NAME      { $$ = build_about(px, $2, NULL); }
    | EXPECT_TARGET NAME FOR entries  { $$ = build_about(px, $2, $4); } ;

standing: NAME                        { $$ = build_texts(px, NULL, $1); }
    | ON_DAY NAME                     { $$ = build_texts(px, build_texts(px, NULL, $1), $2); }
    | NAME NAME                       { $$ = build_texts(px, build_texts(px, NULL, $1), $2); } ;

because_paths: %empty                 { $$ = NULL; }
    | BECAUSE paths                   { $$ = $2; } ;

expected: actions
    | NAME STRING                     { $$ = build_expect_owner(px, NULL, $1, $2); }
    | NAME STRING COMMA actions       { $$ = build_expect_owner(px, $4, $1, $2); }
    | actions COMMA NAME STRING       { $$ = build_expect_owner(px, $1, $3, $4); } ;

word: NAME | DUE ;

entries: STRING                       { $$ = build_texts(px, NULL, $1); }
    | entries COMMA STRING            { $$ = build_texts(px, $1, $3); } ;

paths: path                           { $$ = build_names(px, NULL, $1); }
    | paths COMMA path                { $$ = build_names(px, $1, $3); } ;

facts_opt: %empty                     { $$ = build_fact(px, NULL, NULL); }
    | facts ;
facts: fact                           { $$ = build_fact(px, NULL, $1); }
    | facts COMMA fact                { $$ = build_fact(px, $1, $3); } ;
fact: path literal                    { $$ = fact_value(px, $1, NULL, $2); }
    | path DURATION AGO literal       { $$ = fact_value(px, $1, $2, $4); }
    | path FROM DATE                  { $$ = fact_life(px, $1, $3, NULL, NULL); }
    | path FROM DATE NAME DATE        { $$ = fact_life(px, $1, $3, $4, $5); }
    | path NAME DATE                  { $$ = fact_life(px, $1, NULL, $2, $3); } ;

columns: column                       { $$ = build_fact(px, NULL, $1); }
    | columns COMMA column            { $$ = build_fact(px, $1, $3); } ;
column: path                          { $$ = fact_value(px, $1, NULL, NULL); }
    | path DURATION AGO               { $$ = fact_value(px, $1, $2, NULL); } ;
more_days: DATE COMMA DATE            { $$ = build_list(px, build_list(px, NULL, ast_literal(px, E_DATE, $1)), ast_literal(px, E_DATE, $3)); }
    | more_days COMMA DATE            { $$ = build_list(px, $1, ast_literal(px, E_DATE, $3)); } ;
cells: literal                        { $$ = build_list(px, NULL, $1); }
    | cells COMMA literal             { $$ = build_list(px, $1, $3); } ;

sentence: expr                        { $$ = build_expr(px, C_SENTENCE, $1); }
    | expr ARROW actions              { $$ = build_expr(px, C_SENTENCE, $1); $$->actions = $3; } ;

actions: ASSIGN NAME                  { $$ = build_assign(px, NULL, $2); }
    | DUE due_value                   { $$ = build_due(px, NULL, $2, NULL, 0, @$); }
    | DUE due_value BEFORE postfix    { $$ = build_due(px, NULL, $2, $4, -1, @$); }
    | DUE due_value AFTER postfix     { $$ = build_due(px, NULL, $2, $4, +1, @$); }
    | actions COMMA ASSIGN NAME       { $$ = build_assign(px, $1, $4); }
    | actions COMMA DUE due_value     { $$ = build_due(px, $1, $4, NULL, 0, @$); }
    | actions COMMA DUE due_value BEFORE postfix { $$ = build_due(px, $1, $4, $6, -1, @$); }
    | actions COMMA DUE due_value AFTER postfix { $$ = build_due(px, $1, $4, $6, +1, @$); }
    | actions COMMA ACT_DO STRING     { $$ = build_do(px, $1, NULL, $4); }
    | actions COMMA ACT_DO NAME       { $$ = build_do(px, $1, $4, NULL); }
    | actions COMMA ACT_DO NAME STRING { $$ = build_do(px, $1, $4, $5); }
    | actions COMMA ACT_PRIORITY NAME { $$ = $1; $$->priority = ast_text(px, E_STRING, $4); }
    | actions COMMA ACT_WORTH add     { $$ = $1; $$->worth = $4; } ;

due_value: add ;

/* ---- expressions ------------------------------------------------------------------------------ */

expr: or_expr | if_expr | agg ;

if_expr: IF expr THEN branch IF_ELSE branch { $$ = ast_node(px, E_IF, 0, $2, $4, $6, @$); } ;
branch: expr
    | UNKNOWN                         { $$ = ast_node(px, E_UNKNOWN, 0, NULL, NULL, NULL, @$); } ;

or_expr: and_expr
    | or_expr OR and_expr             { $$ = ast_node(px, E_OR, 0, $1, $3, NULL, @$); } ;
and_expr: not_expr
    | and_expr AND not_expr           { $$ = ast_node(px, E_AND, 0, $1, $3, NULL, @$); } ;
not_expr: cmp
    | NOT not_expr                    { $$ = ast_node(px, E_NOT, 0, $2, NULL, NULL, @$); } ;

cmp: else_expr
    | else_expr relop else_expr       { $$ = ast_node(px, E_CMP, $2, $1, $3, NULL, @$); }
    | else_expr IS else_expr          { $$ = ast_is(px, $1, $3, false, @$); }
    | else_expr IS NOT else_expr      { $$ = ast_is(px, $1, $4, true, @$); }
    | else_expr IS KNOWN              { $$ = ast_known(px, $1, false, @$); }
    | else_expr IS NOT KNOWN          { $$ = ast_known(px, $1, true, @$); }
    | else_expr IS UNKNOWN            { $$ = ast_known(px, $1, true, @$); }
    | else_expr IS NOT UNKNOWN        { $$ = ast_known(px, $1, false, @$); }
    | else_expr ONE OF one_list       { $$ = ast_oneof(px, $1, $4, false, @$); }
    | else_expr NOT ONE OF one_list   { $$ = ast_oneof(px, $1, $5, true, @$); }
    | else_expr IS ONE OF one_list    { $$ = ast_oneof(px, $1, $5, false, @$); }
    | else_expr IS NOT ONE OF one_list { $$ = ast_oneof(px, $1, $6, true, @$); }
    | else_expr MATCHES STRING        { $$ = ast_matches(px, $1, $3, false, @$); }
    | else_expr NOT MATCHES STRING    { $$ = ast_matches(px, $1, $4, true, @$); }
    | IN SEGMENT NAME                 { $$ = ast_segment(px, NULL, $3, false, @$); }
    | else_expr IN SEGMENT NAME       { $$ = ast_segment(px, $1, $4, false, @$); }
    | else_expr NOT IN SEGMENT NAME   { $$ = ast_segment(px, $1, $5, true, @$); }
    | else_expr IN period             { $$ = ast_inperiod(px, $1, $3, false, @$); }
    | else_expr NOT IN period         { $$ = ast_inperiod(px, $1, $4, true, @$); }
    | else_expr WITHIN dur            { $$ = ast_node(px, E_WITHIN, 0, $1, $3, NULL, @$); }
    | else_expr OVERDUE               { $$ = ast_node(px, E_OVERDUE, 0, $1, NULL, NULL, @$); }
    | else_expr IS OVERDUE            { $$ = ast_node(px, E_OVERDUE, 0, $1, NULL, NULL, @$); }
    | else_expr OLDER THAN dur        { $$ = ast_node(px, E_OLDER, 0, $1, $4, NULL, @$); }
    | else_expr BEFORE else_expr      { $$ = ast_node(px, E_BEFORE, 0, $1, $3, NULL, @$); }
    | else_expr AFTER else_expr       { $$ = ast_node(px, E_AFTER, 0, $1, $3, NULL, @$); }
    | cmp FOR dur                     { $$ = ast_node(px, E_FOR, 0, $1, $3, NULL, @$); } ;

relop: EQ { $$ = OP_EQ; } | NE { $$ = OP_NE; } | LT { $$ = OP_LT; } | LE { $$ = OP_LE; } | GT { $$ = OP_GT; } | GE { $$ = OP_GE; } ;

one_list: literal                     { $$ = build_list(px, NULL, $1); }
    | one_list LIST_COMMA literal     { $$ = build_list(px, $1, $3); } ;

else_expr: add
    | add ELSE else_expr              { $$ = ast_node(px, E_ELSE, 0, $1, $3, NULL, @$); } ;
add: mul
    | add PLUS mul                    { $$ = ast_node(px, E_ARITH, OP_ADD, $1, $3, NULL, @$); }
    | add MINUS mul                   { $$ = ast_node(px, E_ARITH, OP_SUB, $1, $3, NULL, @$); } ;
mul: unary
    | mul STAR unary                  { $$ = ast_node(px, E_ARITH, OP_MUL, $1, $3, NULL, @$); }
    | mul SLASH unary                 { $$ = ast_node(px, E_ARITH, OP_DIV, $1, $3, NULL, @$); } ;
unary: postfix
    | MINUS unary                     { $$ = ast_node(px, E_NEG, 0, $2, NULL, NULL, @$); } ;
postfix: primary
    | postfix dur AGO                 { $$ = ast_node(px, E_AGO, 0, $1, $2, NULL, @$); }
    | postfix move opt_over           { $$ = ast_node(px, E_MOVE, $2, $1, $3, NULL, @$); }
    | postfix PER                     { $$ = ast_per(px, $1, $2, @$); }
    | postfix ON_DAY day_operand      { $$ = ast_node(px, E_ON, 0, $1, $3, NULL, @$); } ;
move: DROP { $$ = MOVE_DROP; } | RISE { $$ = MOVE_RISE; } | CHANGE { $$ = MOVE_CHANGE; } ;
opt_over: %empty                      { $$ = NULL; }
    | OVER dur                        { $$ = $2; } ;

primary: NUMBER                       { $$ = ast_literal(px, E_NUMBER, $1); }
    | NUMBER CURRENCY_CODE            { $$ = ast_money(px, $1, $2); }
    | PERCENT                         { $$ = ast_literal(px, E_PERCENT, $1); }
    | POINTS                          { $$ = ast_literal(px, E_POINTS, $1); }
    | DURATION                        { $$ = ast_literal(px, E_DURATION, $1); }
    | DATE                            { $$ = ast_literal(px, E_DATE, $1); }
    | STRING                          { $$ = ast_text(px, E_STRING, $1); }
    | TRUE                            { $$ = ast_literal(px, E_TRUE, $1); }
    | FALSE                           { $$ = ast_literal(px, E_FALSE, $1); }
    | path
    | NAME LPAREN RPAREN              { $$ = ast_call(px, $1, NULL, @$); }
    | NAME LPAREN args RPAREN         { $$ = ast_call(px, $1, $3, @$); }
    | LPAREN expr RPAREN              { $$ = ast_parens($2, @$); }
    | LPAREN path FOR_ALL RPAREN      { $$ = ast_for_all($2, @$); }
    | edge OF period_ref              { $$ = ast_edge(px, $1, $3, @$); }
    | edge OF UNIT OF day_operand     { $$ = ast_edge_of(px, $1, $3, $5, @$); }
    | PERIOD_OF OF day_operand      { $$ = ast_period_of(px, $1, $3, @$); }
    | SINCE day_operand             { $$ = ast_node(px, E_SINCE, 0, $2, NULL, NULL, @$); }
    | UNTIL day_operand             { $$ = ast_node(px, E_SINCE, SINCE_UNTIL, $2, NULL, NULL, @$); }
    | BUSINESS_SINCE day_operand    { $$ = ast_node(px, E_SINCE, SINCE_BUSINESS, $2, NULL, NULL, @$); }
    | BUSINESS_UNTIL day_operand    { $$ = ast_node(px, E_SINCE, SINCE_BUSINESS | SINCE_UNTIL, $2, NULL, NULL, @$); } ;
edge: START { $$ = 0; } | END { $$ = 1; } ;
day_operand: path
    | DATE                            { $$ = ast_literal(px, E_DATE, $1); }
    | edge OF period_ref              { $$ = ast_edge(px, $1, $3, @$); }
    | edge OF UNIT OF day_operand     { $$ = ast_edge_of(px, $1, $3, $5, @$); }
    | LPAREN expr RPAREN              { $$ = ast_parens($2, @$); } ;

path: NAME                            { $$ = ast_path(px, NULL, $1); }
    | path DOT NAME                   { $$ = ast_path(px, $1, $3); } ;

dur: DURATION                         { $$ = ast_literal(px, E_DURATION, $1); }
    | NAME                            { $$ = ast_path(px, NULL, $1); } ;

args: arg                             { $$ = build_list(px, NULL, $1); }
    | args COMMA arg                  { $$ = build_list(px, $1, $3); } ;
arg: expr
    | LAST DURATION                   { $$ = ast_period(px, period_of(PERIOD_LAST, $2, 0), @$); }
    | NEXT DURATION                   { $$ = ast_period(px, period_of(PERIOD_NEXT, $2, 0), @$); }
    | THIS UNIT                       { $$ = ast_period(px, period_of(PERIOD_RELATIVE, $2, 0), @$); }
    | NEXT UNIT                       { $$ = ast_period(px, period_of(PERIOD_RELATIVE, $2, 1), @$); }
    | PREVIOUS UNIT                   { $$ = ast_period(px, period_of(PERIOD_RELATIVE, $2, -1), @$); }
    | PERIOD                          { $$ = ast_period(px, period_of(PERIOD_FIXED, $1, 0), @$); } ;

period: LAST DURATION                 { $$ = period_of(PERIOD_LAST, $2, 0); }
    | NEXT DURATION                   { $$ = period_of(PERIOD_NEXT, $2, 0); }
    | LAST NAME                       { $$ = period_param(PERIOD_LAST, $2); }
    | NEXT NAME                       { $$ = period_param(PERIOD_NEXT, $2); }
    | THIS UNIT                       { $$ = period_of(PERIOD_RELATIVE, $2, 0); }
    | NEXT UNIT                       { $$ = period_of(PERIOD_RELATIVE, $2, 1); }
    | PREVIOUS UNIT                   { $$ = period_of(PERIOD_RELATIVE, $2, -1); }
    | PERIOD                          { $$ = period_of(PERIOD_FIXED, $1, 0); }
    | NUMBER                          { $$ = period_year(px, $1); } ;
period_ref: UNIT                      { $$ = period_of(PERIOD_RELATIVE, $1, 0); }
    | THIS UNIT                       { $$ = period_of(PERIOD_RELATIVE, $2, 0); }
    | NEXT UNIT                       { $$ = period_of(PERIOD_RELATIVE, $2, 1); }
    | PREVIOUS UNIT                   { $$ = period_of(PERIOD_RELATIVE, $2, -1); }
    | PERIOD                          { $$ = period_of(PERIOD_FIXED, $1, 0); }
    | NUMBER                          { $$ = period_year(px, $1); } ;

/* What a KPI may be. */
amount: NUMBER                        { $$ = ast_literal(px, E_NUMBER, $1); }
    | NUMBER CURRENCY_CODE            { $$ = ast_money(px, $1, $2); }
    | PERCENT                         { $$ = ast_literal(px, E_PERCENT, $1); }
    | POINTS                          { $$ = ast_literal(px, E_POINTS, $1); }
    | DURATION                        { $$ = ast_literal(px, E_DURATION, $1); }
    | DATE                            { $$ = ast_literal(px, E_DATE, $1); }
    | UNKNOWN                         { $$ = ast_literal(px, E_UNKNOWN, $1); }
    | MINUS amount                    { $$ = ast_node(px, E_NEG, 0, $2, NULL, NULL, @$); } ;

literal: amount
    | STRING                          { $$ = ast_text(px, E_STRING, $1); }
    | TRUE                            { $$ = ast_literal(px, E_TRUE, $1); }
    | FALSE                           { $$ = ast_literal(px, E_FALSE, $1); } ;

/* ---- aggregates ------------------------------------------------------------------------------- */

agg: AGG OF aadd OVER set level agg_tail               { $$ = ast_agg(px, $1, build_list(px, NULL, $3), $5, $6, $7, @$); }
    | PERCENTILE NUMBER OF aadd OVER set level agg_tail { $$ = ast_percentile(px, $1, $2, $4, $6, $7, $8, @$); }
    | AGG OF aadd EACH_UNIT IN period                   { $$ = ast_each(px, $1, NULL, $3, $4, $6, @$); }
    | PERCENTILE NUMBER OF aadd EACH_UNIT IN period     { $$ = ast_each(px, $1, $2, $4, $5, $7, @$); }
    | COUNT OF set level agg_tail                      { $$ = ast_agg(px, $1, NULL, $3, $4, $5, @$); }
    | COUNT DISTINCT OF aadd_list OVER set level agg_tail { $$ = ast_agg(px, $2, $4, $6, $7, $8, @$); }
    | SHARE OF set level agg_tail                      { $$ = ast_agg(px, $1, NULL, $3, $4, $5, @$); } ;
set: NAME ;
level: %empty                         { $$ = TREE_NONE; }
    | BELOW                           { $$ = TREE_BELOW; }
    | HERE_AND_BELOW                  { $$ = TREE_HERE_AND_BELOW; } ;

agg_tail: %empty                      { $$ = ast_tail(px, NULL, NULL, false); }
    | IN period                       { $$ = ast_tail(px, &$2, NULL, false); }
    | WHERE or_expr                   { $$ = ast_tail(px, NULL, $2, false); }
    | IN period WHERE or_expr         { $$ = ast_tail(px, &$2, $4, false); }
    | FOR_ALL                         { $$ = ast_tail(px, NULL, NULL, true); }
    | IN period FOR_ALL               { $$ = ast_tail(px, &$2, NULL, true); }
    | WHERE or_expr FOR_ALL           { $$ = ast_tail(px, NULL, $2, true); }
    | IN period WHERE or_expr FOR_ALL { $$ = ast_tail(px, &$2, $4, true); } ;

aadd_list: aadd                       { $$ = build_list(px, NULL, $1); }
    | aadd_list COMMA aadd            { $$ = build_list(px, $1, $3); } ;
aadd: amul
    | aadd PLUS amul                  { $$ = ast_node(px, E_ARITH, OP_ADD, $1, $3, NULL, @$); }
    | aadd MINUS amul                 { $$ = ast_node(px, E_ARITH, OP_SUB, $1, $3, NULL, @$); } ;
amul: aunary
    | amul STAR aunary                { $$ = ast_node(px, E_ARITH, OP_MUL, $1, $3, NULL, @$); }
    | amul SLASH aunary               { $$ = ast_node(px, E_ARITH, OP_DIV, $1, $3, NULL, @$); } ;
aunary: aper
    | MINUS aunary                    { $$ = ast_node(px, E_NEG, 0, $2, NULL, NULL, @$); } ;
aper: primary
    | aper PER                        { $$ = ast_per(px, $1, $2, @$); } ;

%%

/* Hands the unexpected token and what would have been right to the messages (syntax/mistakes.c). */
static int yyreport_syntax_error(const yypcontext_t *ctx, struct parse_state *px) {
  _Static_assert(YYNTOKENS <= EXPECTED_MAX, "raise EXPECTED_MAX in build.h");
  yysymbol_kind_t expected[YYNTOKENS];
  int n = yypcontext_expected_tokens(ctx, expected, YYNTOKENS);
  if (n < 0) n = 0;
  struct expected_words words = {0};
  for (int i = 0; i < n; i++) {
    words.kind[words.n] = expected[i];
    words.text[words.n++] = yysymbol_name(expected[i]);
  }
  parsing_mistake(px, &words);
  return 0;
}

static void yyerror(struct span *at, struct parse_state *px, const char *message) {
  (void)message; /* only "memory exhausted": the stack of the parser is full */
  parsing_too_deep(px, *at);
}

const char *token_name(int kind) {
  if (kind == TRIVIA_SPACE) return "blank";
  if (kind == TRIVIA_COMMENT) return "comment";
  if (kind == TRIVIA_LINE_END) return "line end";
  return yysymbol_name((yysymbol_kind_t)kind);
}
