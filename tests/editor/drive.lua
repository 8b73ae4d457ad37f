-- In: a starter project in ./company. Out: what does not work, as a person at the keyboard would see it; the exit status.
dofile(vim.env.ROOT .. '/grammar/editors/neovim.lua')

local failures, took = 0, {}

local function is(what, good, got)
  if good then return end
  failures = failures + 1
  print('\nFAILED: ' .. what .. ': ' .. vim.inspect(got))
end

local function soon(test) return vim.wait(8000, test, 5) end

local function open(file)
  vim.cmd('edit company/rules/' .. file)
  local buf = vim.api.nvim_get_current_buf()
  soon(function() return #vim.lsp.buf_get_clients(buf) > 0 or next(vim.lsp.buf_get_clients(buf)) ~= nil end)
  return buf
end

local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') end

-- The cursor goes to the first place of the words, `on` letters into them.
local function go(words, on)
  for y, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local x = line:find(words, 1, true)
    if x then
      vim.api.nvim_win_set_cursor(0, { y, x - 1 + (on or 0) })
      return
    end
  end
  is('the words are there', false, words)
end

-- Types `to` in place of `from`, in one line.
local function type_over(from, to)
  go(from)
  local y, x = unpack(vim.api.nvim_win_get_cursor(0))
  vim.api.nvim_buf_set_text(0, y - 1, x, y - 1, x + #from, { to })
end

local function ask(method, more)
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(), more or {})
  local from = vim.loop.hrtime()
  local answers = vim.lsp.buf_request_sync(0, method, params, 8000)
  took[method] = took[method] or {}
  table.insert(took[method], (vim.loop.hrtime() - from) / 1e6)
  for _, answer in pairs(answers or {}) do return answer.result, answer.err or answer.error end
end

local function underlined(code)
  for _, d in ipairs(vim.diagnostic.get(0)) do
    if d.code == code then return d end
  end
end

local function drive()
-- ---- mistakes ------------------------------------------------------------------------------

local revenue = open('revenue.vigie')
is('the client starts', next(vim.lsp.buf_get_clients(revenue)) ~= nil)

type_over('and health drop', 'and 𝄞 helth drop')
soon(function() return #vim.diagnostic.get(0) > 0 end)
is('what cannot be read is underlined', #vim.diagnostic.get(0) > 0, vim.diagnostic.get(0))
type_over('and 𝄞 helth drop', 'and helth drop')
soon(function() return underlined('V0201') end)
local wrong = underlined('V0201')
is('a name that is not there is underlined', wrong and text():sub(1, -1):find('helth', 1, true), wrong)
is('it stands under the word', wrong and wrong.end_col - wrong.col == 5, wrong)

vim.ui.select = function(items, _, choose) choose(items[1], 1) end
go('helth', 1)
vim.lsp.buf.code_action()
is('the fix is applied', soon(function() return text():find('and health drop', 1, true) end), wrong)
is('and nothing is underlined', soon(function() return not underlined('V0201') end), vim.diagnostic.get(0))

type_over('and health drop > health_alarm', 'and health drop > 10 and health drop > 5')
vim.cmd('silent write')
is('lint reads what was saved', soon(function()
  for _, d in ipairs(vim.diagnostic.get(0)) do
    if tostring(d.code):match('^V1') then return true end
  end
end), vim.diagnostic.get(0))
type_over('and health drop > 10 and health drop > 5', 'and health drop > health_alarm')
vim.cmd('silent write')

-- ---- names ---------------------------------------------------------------------------------

go('> health_alarm', 4)
local hover = ask('textDocument/hover')
is('a threshold is said with its lines', hover and hover.contents.value:find('in force', 1, true), hover)
vim.lsp.buf.hover()
is('a window shows it', soon(function() return #vim.api.nvim_list_wins() > 1 end), vim.api.nvim_list_wins())
vim.cmd('silent! only')

go('rule renewal_at_risk', 6)
hover = ask('textDocument/hover')
is('a rule is said as a sentence', hover and hover.contents.value:find('7 days to act', 1, true), hover)

go('and health drop', 5)
vim.lsp.buf.definition()
is('the definition is in another file', soon(function()
  return vim.api.nvim_buf_get_name(0):match('data%.vigie$') and vim.api.nvim_get_current_line():find('health score', 1, true)
end), vim.api.nvim_buf_get_name(0))
vim.cmd('silent buffer ' .. revenue)

go('rule renewal_at_risk', 6)
vim.lsp.buf.references()
is('tests name the rule, too', soon(function() return #vim.fn.getqflist() > 3 end), vim.fn.getqflist())
vim.cmd('silent! cclose | silent buffer ' .. revenue)
is('its places in the file are marked', #(ask('textDocument/documentHighlight') or {}) == 1)

go('team CS', 5)
vim.lsp.buf.rename('Customer_success')
is('a team has another name', soon(function() return text():find('team Customer_success', 1, true) end))
is('where it is assigned, too', text():find('assign Customer_success', 1, true))
-- Neovim tells the server of an edited file a moment later, and of each by itself: only when all are saved are all told.
vim.cmd('silent wall')
ask('textDocument/documentSymbol')
is('nothing is wrong after it', soon(function() return #vim.diagnostic.get(nil, { severity = 1 }) == 0 end), vim.diagnostic.get(nil))
go('segment enterprise', 8)
local _, refused = ask('textDocument/rename', { newName = 'self_serve' })
is('a name that is taken is refused', refused and refused.message, refused)

-- ---- lists ---------------------------------------------------------------------------------

local symbols = ask('textDocument/documentSymbol')
is('the outline has the rules', vim.tbl_contains(vim.tbl_map(function(s) return s.name end, symbols or {}), 'renewal_at_risk'), symbols)
is('items are folded', #(ask('textDocument/foldingRange') or {}) > 10)

local function offered(line)
  go('  when renewal within 60d')
  local y = vim.api.nvim_win_get_cursor(0)[1]
  vim.api.nvim_buf_set_lines(0, y - 1, y - 1, false, { line })
  vim.api.nvim_win_set_cursor(0, { y, #line })
  local params = vim.lsp.util.make_position_params()
  params.position.character = #line
  local labels = vim.tbl_map(function(x) return x.label end, ask('textDocument/completion', params) or {})
  vim.api.nvim_buf_set_lines(0, y - 1, y, false, {})
  return labels
end
local function offers(line, word)
  local labels = offered(line)
  is(line .. ' offers ' .. word, vim.tbl_contains(labels, word), labels)
end
offers('  pri', 'priority')
offers('  when account.', 'renewal')
offers('  -> assign ', 'Customer_success')
offers('  when in segment ', 'enterprise')
offers('  when h', 'health')

is('thresholds show their value', #(ask('textDocument/inlayHint', { range = { start = { line = 0, character = 0 }, ['end'] = { line = 999, character = 0 } } }) or {}) > 5)
is('words have colours', #((ask('textDocument/semanticTokens/full') or {}).data or {}) > 500)
is('names are found in all files', #(ask('workspace/symbol', { query = 'renewal' }) or {}) > 2)
is('the syntax file colours a header', (function()
  vim.cmd('syntax on | source ' .. vim.env.ROOT .. '/grammar/editors/vigie.vim')
  go('rule renewal_at_risk')
  local y, x = unpack(vim.api.nvim_win_get_cursor(0))
  return vim.fn.synIDattr(vim.fn.synID(y, x + 1, 1), 'name') == 'vigieHeader'
end)())

go('threshold health_alarm', 12)
vim.lsp.buf.code_action()
is('a threshold gets a dated line', soon(function() return text():find('from 2026-03-02 = 10 because "why it changes"', 1, true) end))
go('  from 2026-03-02')
vim.cmd('silent delete')

open('data.vigie')
local function columns(line)
  go('  key "account_id"')
  local y = vim.api.nvim_win_get_cursor(0)[1]
  vim.api.nvim_buf_set_lines(0, y, y, false, { line })
  local params = vim.lsp.util.make_position_params()
  params.position = { line = y, character = #line }
  local labels = vim.tbl_map(function(x) return x.label end, ask('textDocument/completion', params) or {})
  vim.api.nvim_buf_set_lines(0, y, y + 1, false, {})
  return labels
end
is('columns of the database are offered', vim.tbl_contains(columns('  city text "'), 'csm_email'), columns('  city text "'))
vim.cmd('silent buffer ' .. revenue)

-- ---- between the lines ---------------------------------------------------------------------

-- What stands above the first line with the words, when it has what is looked for.
local function lens(words, part)
  local function found()
    go(words)
    local y = vim.api.nvim_win_get_cursor(0)[1]
    for _, x in ipairs(vim.lsp.codelens.get(0)) do
      if x.range.start.line == y - 1 and x.command.title:find(part, 1, true) then return x end
    end
  end
  soon(found)
  return found()
end
open('tests.vigie')
is('a test says that it passed', lens('test "', 'it passed'), vim.lsp.codelens.get(0))
local messages = {}
vim.lsp.handlers['window/showMessage'] = function(_, what) table.insert(messages, what.message) end
go('test "')
vim.lsp.codelens.run()
is('a test is run when it is told to', soon(function() return (messages[1] or ''):find('passed', 1, true) end), messages)
vim.cmd('silent buffer ' .. revenue)

type_over('when renewal within 60d', 'when renewal within 90d')
is('a rule says what has changed since git', lens('rule renewal_at_risk', 'since git: acts on more rows'), vim.lsp.codelens.get(0))
go('rule renewal_at_risk')
vim.lsp.buf.code_action()
is('a row that shows it is written as a test', soon(function() return text():find('\ntest "renewal_at_risk', 1, true) end), text():sub(1, 4000))
vim.cmd('silent undo')
if text():find('within 90d', 1, true) then type_over('when renewal within 90d', 'when renewal within 60d') end
type_over('threshold usage_alarm = 40%', 'threshold usage_alarm = 32%')
is('a threshold that was edited says what it does, and what it did', lens('threshold usage_alarm', '; 40% would be'), vim.lsp.codelens.get(0))
is('and for whom, and how much that is', lens('threshold usage_alarm', ' EUR: '), vim.lsp.codelens.get(0))
type_over('threshold usage_alarm = 32%', 'threshold usage_alarm = 40%')
is('a rule says what it asks for', soon(function()
  for _, hint in ipairs(ask('textDocument/inlayHint', { range = { start = { line = 0, character = 0 }, ['end'] = { line = 999, character = 0 } } }) or {}) do
    if hint.label:find('items today', 1, true) then return true end
  end
end))
go('rule renewal_at_risk', 6)
is('and whom it acts on, and why', soon(function() return (ask('textDocument/hover').contents.value):find('It acts today on', 1, true) end), ask('textDocument/hover'))
open('kpis.vigie')
go('kpi company_arr', 6)
is('a KPI says what it is today, and was', soon(function() return ask('textDocument/hover').contents.value:find(')  `', 1, true) end), ask('textDocument/hover'))
vim.cmd('silent buffer ' .. revenue)

-- ---- the style -----------------------------------------------------------------------------

type_over('  -> assign Customer_success, due 7d', '->assign Customer_success,due 7d')
if vim.lsp.buf.format then vim.lsp.buf.format({ timeout_ms = 8000 }) else vim.lsp.buf.formatting_sync(nil, 8000) end
is('the file has the one style', text():find('\n  -> assign Customer_success, due 7d', 1, true), text():sub(1, 2000))

-- ---- the end -------------------------------------------------------------------------------

local client = ({ next(vim.lsp.buf_get_clients(revenue)) })[2]
client.stop()
is('the server ends when it is told to', soon(function() return client.is_stopped() end))
end

local fine, why = xpcall(drive, debug.traceback)
is('the script runs to its end', fine, why)
if failures == 0 then
  local lines = {}
  for method, times in pairs(took) do
    table.sort(times)
    table.insert(lines, ('%-36s %6.1f ms'):format(method, times[math.ceil(#times / 2)]))
  end
  table.sort(lines)
  print('\n' .. table.concat(lines, '\n') .. '\nall of it works\n')
end
vim.cmd(failures == 0 and 'qall!' or 'cquit!')
