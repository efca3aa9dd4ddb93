-- For ~/.config/nvim/lsp/ (Neovim 0.11 and later); switched on with: vim.lsp.enable("scone_ls")
return {
  cmd = { "scone-ls", "serve" },
  filetypes = { "yaml" },
  root_markers = { ".git" },
}
