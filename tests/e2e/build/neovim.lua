-- Drives Neovim as a user who builds: opens a manifest, runs the command of the server, and finds the failure under the
-- word that it is about. Run by check_build.py; ends with 0 when all went well, else with 1 and the reason.

local PATIENCE = 30000 -- ms; a wait ends as soon as what is waited for is there

local function wait_for(what, condition)
  assert(vim.wait(PATIENCE, condition, 20), "waited in vain for " .. what)
end

local function attach(buffer)
  local config = {
    name = "scone_ls",
    cmd = { "scone-ls", "serve" },
    root_dir = vim.fn.getcwd(),
    workspace_folders = { { uri = vim.uri_from_fname(vim.fn.getcwd()), name = "shop" } },
    capabilities = vim.lsp.protocol.make_client_capabilities(),
  }
  if vim.lsp.start then
    vim.lsp.start(config)
  else
    vim.lsp.buf_attach_client(buffer, vim.lsp.start_client(config))
  end
  local clients = vim.lsp.get_clients or vim.lsp.get_active_clients
  local client
  wait_for("the client", function()
    client = clients({ bufnr = buffer, name = "scone_ls" })[1]
    return client ~= nil and client.initialized ~= false
  end)
  return client
end

local function from_build(buffer)
  return vim.tbl_filter(function(diagnostic)
    return diagnostic.source == "sconectl"
  end, vim.diagnostic.get(buffer))
end

local ok, reason = xpcall(function()
  vim.cmd("edit shop.yaml")
  local buffer = vim.api.nvim_get_current_buf()
  local client = attach(buffer)
  local params = {
    command = "scone-ls.build",
    arguments = { vim.uri_from_bufnr(buffer), { force = true } },
  }
  local result
  client.request("workspace/executeCommand", params, function(failure, answer)
    result = failure or answer
  end, buffer)
  wait_for("the end of the build", function()
    return result ~= nil
  end)
  assert(result.exitCode == 1, vim.inspect(result))
  wait_for("the failure", function()
    return #from_build(buffer) > 0
  end)
  local diagnostic = from_build(buffer)[1]
  local line = vim.api.nvim_buf_get_lines(buffer, diagnostic.lnum, diagnostic.lnum + 1, false)[1]
  local word = line:sub(diagnostic.col + 1, diagnostic.end_col)
  assert(word == "registry.example.com/shop:1", vim.inspect(diagnostic))
  io.stdout:write("  ok: the failure stands under " .. word .. ": " .. diagnostic.message .. "\n")
  vim.api.nvim_buf_set_text(buffer, diagnostic.lnum, diagnostic.end_col, diagnostic.lnum, diagnostic.end_col, { "2" })
  wait_for("the failure to go", function()
    return #from_build(buffer) == 0
  end)
  io.stdout:write("  ok: and it goes when the word is edited\n")
end, debug.traceback)
if not ok then
  io.stdout:write("  FAILED: " .. tostring(reason) .. "\n")
end
vim.cmd(ok and "qall!" or "cquit 1")
