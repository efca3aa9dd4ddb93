-- What every journey through Neovim (0.7 and later) needs: attaching to the server, waiting, saying what was seen.
-- A journey is a function; `run` ends the editor with 0 when it went well, else with 1 and the reason.

local editor = {}

local PATIENCE = 20000 -- ms; a wait ends as soon as what is waited for is there

function editor.say(...)
  io.stdout:write(table.concat(vim.tbl_map(tostring, { ... }), " ") .. "\n")
end

function editor.wait_for(what, condition)
  assert(vim.wait(PATIENCE, condition, 20), "waited in vain for " .. what)
end

function editor.expect(what, condition, seen)
  assert(condition, what .. "; seen: " .. vim.inspect(seen))
  editor.say("  ok:", what)
end

-- As editors/neovim/README.md says for each version.
function editor.attach(buffer)
  if vim.lsp.config then
    vim.lsp.enable("scone_ls")
    vim.cmd("doautocmd FileType")
  else
    local config = {
      name = "scone_ls",
      cmd = { "scone-ls", "serve" },
      root_dir = vim.fn.getcwd(),
      capabilities = vim.lsp.protocol.make_client_capabilities(),
    }
    if vim.lsp.start then
      vim.lsp.start(config)
    else
      editor.client_id = editor.client_id or vim.lsp.start_client(config)
      vim.lsp.buf_attach_client(buffer, editor.client_id)
    end
  end
  local clients = vim.lsp.get_clients or vim.lsp.get_active_clients
  local client
  editor.wait_for("the client", function()
    client = clients({ bufnr = buffer, name = "scone_ls" })[1]
    if vim.fn.has("nvim-0.8") == 0 and client then
      return client.resolved_capabilities.goto_definition == true
    end
    return client ~= nil and next(client.server_capabilities or {}) ~= nil
  end)
  return client
end

function editor.line(buffer, number)
  return vim.api.nvim_buf_get_lines(buffer, number, number + 1, false)[1]
end

function editor.number_of(buffer, pattern)
  for number, text in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    if text:find(pattern) then
      return number - 1
    end
  end
  error("no line like " .. pattern)
end

function editor.request(buffer, method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, PATIENCE)
  local _, answer = next(answers or {})
  assert(answer, method .. " got no answer")
  assert(not (answer.err or answer.error), vim.inspect(answer))
  return answer.result
end

function editor.at(buffer, row, column)
  return { textDocument = { uri = vim.uri_from_bufnr(buffer) }, position = { line = row, character = column } }
end

function editor.stop(client)
  if vim.fn.has("nvim-0.11") == 1 then
    client:stop()
  else
    client.stop()
  end
  editor.wait_for("the server to end", function()
    return vim.lsp.get_client_by_id(client.id) == nil
  end)
  editor.say("  ok: the server ends when asked to")
end

function editor.run(journey)
  local version = vim.version()
  editor.say(("Neovim %d.%d.%d"):format(version.major, version.minor, version.patch))
  local ok, reason = xpcall(journey, debug.traceback)
  if not ok then
    editor.say("  FAILED:", reason)
  end
  vim.cmd(ok and "qall!" or "cquit 1")
end

return editor
