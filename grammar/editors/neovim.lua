-- Vigie in Neovim 0.7 or later: copy this file to ~/.config/nvim/plugin/vigie.lua. `vigie` has to be on the path.
vim.api.nvim_create_autocmd({ 'BufRead', 'BufNewFile' }, { pattern = '*.vigie', command = 'setfiletype vigie' })

local clients = {} -- by folder: the files of one policy talk with one server

local function root_of(path)
  local rules = path:match('^(.*)/rules/')
  return rules or vim.fn.fnamemodify(path, ':h')
end

vim.api.nvim_create_autocmd('FileType', {
  pattern = 'vigie',
  callback = function(event)
    local root = root_of(vim.api.nvim_buf_get_name(event.buf))
    vim.bo[event.buf].commentstring = '# %s'
    vim.bo[event.buf].omnifunc = 'v:lua.vim.lsp.omnifunc'
    if vim.lsp.start then
      vim.lsp.start({ name = 'vigie', cmd = { 'vigie', 'lsp' }, root_dir = root }, { bufnr = event.buf })
      return
    end
    clients[root] = clients[root] or vim.lsp.start_client({
      name = 'vigie',
      cmd = { 'vigie', 'lsp' },
      root_dir = root,
      on_exit = function() clients[root] = nil end,
    })
    vim.lsp.buf_attach_client(event.buf, clients[root])
  end,
})
