-- Vigie in Neovim 0.7 or later: copy this file to ~/.config/nvim/plugin/vigie.lua. `vigie` has to be on the path.
vim.api.nvim_create_autocmd({ 'BufRead', 'BufNewFile' }, { pattern = '*.vigie', command = 'setfiletype vigie' })

local clients = {} -- by folder: the files of one policy talk with one server

local function root_of(path)
  local rules = path:match('^(.*)/rules/')
  return rules or vim.fn.fnamemodify(path, ':h')
end

-- What stands above tests and thresholds: `:lua vim.lsp.codelens.run()` on such a line does what it says.
local function show_lenses() vim.lsp.codelens.refresh() end
vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'TextChanged' }, {
  pattern = '*.vigie',
  callback = function()
    if next(vim.lsp.buf_get_clients(0)) ~= nil then show_lenses() end
  end,
})

-- The server says when it has counted more.
local capabilities = vim.lsp.protocol.make_client_capabilities()
capabilities.workspace.codeLens = { refreshSupport = true }
local handlers = {
  ['workspace/codeLens/refresh'] = function()
    if vim.bo.filetype == 'vigie' then show_lenses() end
    return vim.NIL
  end,
}

vim.api.nvim_create_autocmd('FileType', {
  pattern = 'vigie',
  callback = function(event)
    local root = root_of(vim.api.nvim_buf_get_name(event.buf))
    vim.bo[event.buf].commentstring = '# %s'
    vim.bo[event.buf].omnifunc = 'v:lua.vim.lsp.omnifunc'
    local config = { name = 'vigie', cmd = { 'vigie', 'lsp' }, root_dir = root, capabilities = capabilities, handlers = handlers }
    if vim.lsp.start then
      vim.lsp.start(config, { bufnr = event.buf })
      return
    end
    config.on_exit = function() clients[root] = nil end
    clients[root] = clients[root] or vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(event.buf, clients[root])
  end,
})
